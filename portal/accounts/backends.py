"""Who a session belongs to, read together with the roles that the person holds."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .services import memberships_of


class WithMemberships(AuthenticationBackend):
    """Every page needs the user and the memberships: one query finds both."""

    def get_user(self, user_id: Any) -> Any:
        memberships = memberships_of(user_id)
        if not memberships:
            return super().get_user(user_id)
        user = memberships[0].user
        user.memberships_in_force = memberships
        return user if self.user_can_authenticate(user) else None
