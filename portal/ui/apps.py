from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "portal.ui"
    label = "ui"
    verbose_name = "画面"

    def ready(self) -> None:
        from portal.access.api import EVERYONE

        from .navigation import FOOTER, MENU, NavItem, register

        register(
            NavItem("ヘルプ", "ui:help", EVERYONE, order=900),
            NavItem("認証アプリと復旧コード", "mfa_index", EVERYONE, order=10, section=MENU),
            NavItem(
                "パスワードの変更", "account_change_password", EVERYONE, order=20, section=MENU
            ),
            NavItem("この画面の使い方", "ui:help", order=10, section=FOOTER),
            NavItem("アクセシビリティ", "ui:accessibility", order=30, section=FOOTER),
            NavItem("個人情報の取扱い", "ui:privacy", order=40, section=FOOTER),
            NavItem("稼働状況", "ui:status", order=50, section=FOOTER),
        )
