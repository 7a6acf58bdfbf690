"""The base of every view: does it exist for you (404), and may you do this now (403, 409)?"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views import View

from portal.core.actor import Actor
from portal.core.problems import Denied, Refused

from . import actions
from .witness import Read, tell_witnesses


class ActionView(View):
    """A view that says which action it is.

    `model` and `lookup` say what is looked up, always through `for_user(actor)`: what is not yours
    answers like what does not exist. A class without `model` judges the action alone.
    """

    action: ClassVar[str] = ""
    model: ClassVar[type[models.Model] | None] = None
    lookup: ClassVar[str] = "pk"
    actor: Actor
    subject: Any = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """A public view says so to the middleware that asks everyone else to sign in."""
        view = super().as_view(**initkwargs)
        return login_not_required(view) if cls.action == actions.PUBLIC else view

    def get_action(self) -> str:
        return self.action

    def get_queryset(self) -> models.QuerySet[Any]:
        assert self.model is not None
        return self.model._default_manager.for_user(self.actor)

    def find_subject(self) -> Any:
        if self.model is None:
            return None
        # Unordered: `first()` would order by every joined column's position, for one row.
        one = self.get_queryset().filter(pk=self.kwargs[self.lookup]).order_by()[:1]
        found = next(iter(one), None)
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.actor = getattr(request, "actor", None)  # type: ignore[assignment]  # who has none is sent to sign in below
        if self.action != actions.PUBLIC and self.actor is None:
            raise Denied(["この操作には、有効な役割が必要です。所属の管理者に確認してください。"])
        self.subject = self.find_subject()
        self.demand(self.get_action(), self.subject)
        answer = super().dispatch(request, *args, **kwargs)
        self._tell_read(request, answer)
        return answer

    def _tell_read(self, request: HttpRequest, answer: HttpResponseBase) -> None:
        """Whoever keeps account of reading hears of a page that was given, not of a refusal."""
        if request.method != "GET" or answer.status_code != HTTPStatus.OK or self.actor is None:
            return
        name = self.get_action()
        known = name not in (actions.PUBLIC, actions.SIGNED_IN)
        label = actions.get(name).label if known else "ホームなどを見る"
        is_file = answer.has_header("Content-Disposition")
        tell_witnesses(Read(self.actor, request.path, label, self.subject, is_file))

    def demand(self, name: str, subject: Any = None) -> None:
        """Raises Denied (403), Refused (409) or asks for the second factor again."""
        verdict = actions.decide(self.actor, name, subject)
        if not verdict:
            raise (Refused if verdict.is_timing else Denied)(verdict.reasons)
        known = name not in (actions.PUBLIC, actions.SIGNED_IN) and actions.get(name)
        if known and known.steps_up and not _proved_recently(self.request):
            raise ReauthenticationRequired

    def may(self, name: str, subject: Any = None) -> bool:
        """For templates and buttons: no button is shown that the server would refuse."""
        return bool(actions.decide(self.actor, name, subject))


def _proved_recently(request: HttpRequest) -> bool:
    """Password or code within the last five minutes, at sign-in or since.

    allauth's own question leaves the sign-in out, and would ask twice in a row.
    """
    records = get_authentication_records(request, request.user)
    last = max((record["at"] for record in records), default=0)
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
