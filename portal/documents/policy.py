from portal.access.api import EVERYONE, Action, Role

ACTIONS = (Action("documents.read", "書類を開く", EVERYONE - {Role.SYSTEM_ADMIN}),)
