from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "grants.awards"
    label = "awards"
    verbose_name = "交付決定"

    def ready(self) -> None:
        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .corrections import of_decision, register_correctable
        from .documents import register_documents

        register_documents()
        for notice in (
            "notice_of_decision",
            "notice_of_refusal",
            "notice_of_change",
            "notice_of_change_refusal",
            "notice_of_stop",
            "notice_of_stop_refusal",
        ):
            register_correctable(notice, of_decision)
