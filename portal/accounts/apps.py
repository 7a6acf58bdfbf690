from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "利用者と組織"

    def ready(self) -> None:
        from portal.access.api import register

        from . import tasks  # noqa: F401  the handlers of the outbox
        from .policy import ACTIONS

        register(*ACTIONS)
