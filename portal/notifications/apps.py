from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = "お知らせ"

    def ready(self) -> None:
        from portal.ui.api import set_unread_counter

        # The handlers of the outbox come with the module.
        from .services import count_unread

        set_unread_counter(count_unread, "notifications:inbox")
