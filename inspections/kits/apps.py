from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "inspections.kits"
    label = "kits"
    verbose_name = "検査の資料"

    def ready(self) -> None:
        from grants.retention.api import register_copies, register_holding
        from portal.access.api import register
        from portal.workflow.api import register as register_workflow

        from .holding import HOLDING, copies
        from .lifecycle import KIT_LIFECYCLE
        from .policy import ACTIONS

        register_holding(HOLDING)
        register_copies(copies)
        register(*ACTIONS)
        register_workflow(KIT_LIFECYCLE)
