from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "grants.connections"
    label = "connections"
    verbose_name = "システムからの送信"

    def ready(self) -> None:
        from portal.access.api import CONTRACTOR, register
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation

        from .policy import ACTIONS

        register(*ACTIONS)
        register_chips(
            key_open=Chip("有効", "done", Form.SHAPE),
            key_expired=Chip("期限切れ", "closed"),
            key_revoked=Chip("無効", "closed"),
            key_full=Chip("上限に達しました", "late"),
        )
        register_navigation(NavItem("接続キー", "connections:list", CONTRACTOR, order=40))
