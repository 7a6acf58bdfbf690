from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "grants.filings"
    label = "filings"
    verbose_name = "申請・報告"

    def ready(self) -> None:
        from portal.access.api import register
        from portal.scans.api import register_later
        from portal.workflow.api import register as register_workflow

        from .lifecycle import ITEM_LIFECYCLE
        from .overtaken import newer_version
        from .policy import ACTIONS

        register(*ACTIONS)
        register_workflow(ITEM_LIFECYCLE)
        register_later("filings.sealedversion", newer_version)
