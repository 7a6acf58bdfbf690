from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "grants.awards"
    label = "awards"
    verbose_name = "交付決定"

    def ready(self) -> None:
        from grants.filings.api import Section, register_section

        from . import (
            documents,
            notifications,  # noqa: F401  notices register themselves by decorator
            withdrawing,
        )
        from .corrections import of_decision, register_correctable
        from .suspensions import of_filing

        documents.register_documents()
        withdrawing.register_documents()
        register_section(Section("decisions/suspended.html", of_filing, leads=True))
        for notice in (
            "notice_of_decision",
            "notice_of_refusal",
            "notice_of_change",
            "notice_of_change_refusal",
            "notice_of_stop",
            "notice_of_stop_refusal",
            "notice_of_carryover",
            "notice_of_carryover_refusal",
            "notice_of_disposal",
            "notice_of_disposal_refusal",
        ):
            register_correctable(notice, of_decision)
