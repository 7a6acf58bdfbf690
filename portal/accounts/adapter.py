"""allauth as this portal uses it: no sign-up, mail in Japanese, TOTP named after the portal."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations alone."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has no second factor yet signed in a moment ago to make one: not twice in a row."""
        user = self.request.user
        if app == "allauth.mfa" and user.is_authenticated:
            return bool(Authenticator.objects.filter(user_id=user.pk).exists())
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "メールアドレスかパスワードが違います。"
        "大文字と小文字を確かめて、もう一度入力してください。",
        "too_many_login_attempts": "続けて間違えたため、しばらくサインインできません。"
        "5分たってから、もう一度入力してください。",
        "incorrect_password": "パスワードが違います。もう一度入力してください。",
        "incorrect_code": "コードが違います。いま表示されている6桁の数字を入力してください。",
        "rate_limited": "操作が続いたため、止めています。少し待ってから、もう一度試してください。",
        "account_inactive": "この利用者は使えなくなっています。所属の管理者に確認してください。",
    }


class MfaAdapter(DefaultMFAAdapter):  # allauth ships no types
    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "コードが違います。いま表示されている6桁の数字を入力してください。",
    }
