from portal.access.api import Action, Role

# The system administrator sees accounts and jobs, never what the cases say: not in this list.
ACTIONS = (Action("audit.read", "操作履歴を見る", frozenset({Role.AUDITOR})),)
