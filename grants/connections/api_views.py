"""What programs ask for: a key in the header, JSON in and out, no session and no cookie."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from grants.records.api import ActivityRecord, PeriodReport, RecordBatch
from portal.access.api import PUBLIC, ActionView
from portal.core.problems import Denied

from .metering import TooMuch, spend
from .models import AccessKey
from .openapi import schema
from .sending import Malformed, result_of, rows_of, send
from .services import NotOpened, open_with
from .states import Scope


class SchemaView(ActionView):
    """The OpenAPI file: it says nothing of anybody."""

    action = PUBLIC

    def get(self, request: HttpRequest) -> JsonResponse:
        return _json(schema())


class ApiView(ActionView):
    """Asks the key who acts, then both questions of every view; all answers are JSON.

    A session does not open it, so that no page of another site can use one: hence no CSRF token.
    """

    needs: ClassVar[str] = Scope.READ
    key: AccessKey

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        view = csrf_exempt(super().as_view(**initkwargs))
        view.login_required = False
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.key, request.actor = open_with(*_sent(request))
            if self.scope_needed(request) not in self.key.scopes:
                raise Denied(["この接続キーでは、この操作はできません。"])
            spend(self.key, request.actor, requests=1)
            return super().dispatch(request, *args, **kwargs)
        except NotOpened as refusal:
            answer = _refused(401, str(refusal))
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        except TooMuch as refusal:
            answer = _refused(429, str(refusal))
            answer["Retry-After"] = str(refusal.seconds)
            return answer
        except Http404:
            return _refused(404, "見つかりません。")
        except Denied as denial:
            return _refused(denial.status, *denial.reasons)

    def scope_needed(self, request: HttpRequest) -> str:
        return self.needs

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = _refused(405, "この操作はありません。")
        answer["Allow"] = ", ".join(self._allowed_methods())
        return answer

    def months(self) -> Any:
        """Of the key's contract alone, whatever else its person may see."""
        seen = PeriodReport.objects.for_user(self.actor).filter(contract_id=self.key.contract_id)
        return seen.for_lists()

    def month(self) -> PeriodReport:
        found: PeriodReport | None = self.months().filter(pk=_uuid(self.kwargs["month"])).first()
        if found is None:
            raise Http404
        return found


class MonthsView(ApiView):
    action = "connections.read"

    def get(self, request: HttpRequest) -> JsonResponse:
        months = self.months().with_counts().order_by("month", "type_code", "id")
        return _json({"months": [_month(report) for report in months]})


class RecordsView(ApiView):
    action = "connections.read"

    def scope_needed(self, request: HttpRequest) -> str:
        return Scope.WRITE if request.method == "POST" else Scope.READ

    def get(self, request: HttpRequest, month: str) -> JsonResponse:
        report = self.month()
        entries = ActivityRecord.objects.for_user(self.actor).filter(report=report)
        found = entries.order_by("held_on", "venue", "id").values_list("values", flat=True)
        return _json({"records": list(found)})

    def post(self, request: HttpRequest, month: str) -> JsonResponse:
        self.demand("connections.write")
        report = self.month()
        self.demand("records.enter", report)
        try:
            body = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
            rows = rows_of(report, body)
        except (ValueError, ArithmeticError, RecursionError, RequestDataTooBig):
            return _refused(400, "内容を JSON として読めません。")
        except Malformed as fault:
            return _refused(400, str(fault))
        spend(self.key, self.actor, rows=len(rows))
        try:
            batch = send(actor=self.actor, report=report, body=body, rows=rows)
        except ValidationError as fault:
            return _refused(400, *fault.messages)
        result = result_of(batch)
        return _json(result, status=200 if result["state"] == "taken" else 422)


class SendingView(ApiView):
    action = "connections.read"

    def get(self, request: HttpRequest, sending: str) -> JsonResponse:
        seen = RecordBatch.objects.for_user(self.actor)
        found = seen.filter(pk=_uuid(sending), report__contract_id=self.key.contract_id).first()
        if found is None:
            raise Http404
        return _json(result_of(found))


def _month(report: PeriodReport) -> dict[str, Any]:
    return {
        "id": str(report.pk),
        "activity": report.activity_name,
        "activity_code": report.type_code,
        "first_month": report.month.isoformat(),
        "last_month": report.last_month.isoformat(),
        "due_on": report.due_on.isoformat(),
        "state": report.state,
        "return_reason": report.return_reason,
        "records": report.record_count,
        "own_indicators": report.own_indicators,
    }


def _sent(request: HttpRequest) -> tuple[str, str]:
    """The secret and the address. Raises NotOpened."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not secret.strip():
        raise NotOpened(
            "Authorization のヘッダーに、接続キーを「Bearer 接続キー」の形で付けてください。"
        )
    return secret.strip(), request.META.get("REMOTE_ADDR", "")


def _uuid(text: str) -> UUID:
    """Raises Http404: what is no id is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _no_number(word: str) -> None:
    """NaN and the infinities are no JSON."""
    raise ValueError(word)


def _json(content: Any, status: int = 200) -> JsonResponse:
    answer = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(status: int, *reasons: str) -> JsonResponse:
    return _json({"reasons": list(reasons)}, status=status)
