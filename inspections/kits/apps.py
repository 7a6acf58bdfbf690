from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "inspections.kits"
    label = "kits"
    verbose_name = "検査の資料"

    def ready(self) -> None:
        from portal.access.api import register
        from portal.workflow.api import register as register_workflow

        from .lifecycle import KIT_LIFECYCLE
        from .policy import ACTIONS

        register(*ACTIONS)
        register_workflow(KIT_LIFECYCLE)
