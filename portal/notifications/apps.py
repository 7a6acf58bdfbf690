from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = "お知らせ"

    def ready(self) -> None:
        from . import services  # noqa: F401  the handlers of the outbox
