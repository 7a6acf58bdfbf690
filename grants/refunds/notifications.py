"""Who is told of a refund. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Exemption, GivingBack, InterestNotice, Lowering, RefundOrder


def _told(order: RefundOrder, title: str, text: str) -> Iterable[Draft]:
    yield Draft(
        order.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{order.award.programme.year_label} {title}",
        text,
        order.get_absolute_url(),
        "内閣府",
    )


@writes("refunds.ordered")
def ordered(pk: str) -> Iterable[Draft]:
    order = RefundOrder.objects.for_pages().get(pk=pk)
    day = day_with_weekday(order.due_on)
    yield from _told(
        order,
        f"交付金の{order.act}を命じられました（納期日 {day}）",
        f"{order.act}命令書を確認し、納期日までに納付してください。過ぎると、延滞金がかかります。",
    )


@writes("refunds.interest")
def interest(pk: str) -> Iterable[Draft]:
    order = InterestNotice.objects.select_related("order").get(pk=pk).order
    yield from _told(
        RefundOrder.objects.for_pages().get(pk=order.pk),
        "加算金・延滞金の通知がありました",
        "通知書の計算を確認し、納付してください。",
    )


@writes("refunds.exempted")
def exempted(pk: str) -> Iterable[Draft]:
    made = Exemption.objects.get(pk=pk)
    yield from _told(
        RefundOrder.objects.for_pages().get(pk=made.order_id),
        f"{made.get_kind_display()}の免除が決定されました",
        "免除の額と理由を確認してください。",
    )


@writes("refunds.lowered")
def lowered(pk: str) -> Iterable[Draft]:
    made = Lowering.objects.get(pk=pk)
    order = RefundOrder.objects.for_pages().get(pk=made.order_id)
    yield from _told(
        order,
        f"交付金の{order.act}額が減りました",
        "返還額の減額通知書を確認してください。多く納付した額は、国が払い戻します。"
        if made.over
        else "返還額の減額通知書を確認し、減額後の額を納付してください。",
    )


@writes("refunds.given_back")
def given_back(pk: str) -> Iterable[Draft]:
    made = GivingBack.objects.select_related("lowering").get(pk=pk)
    yield from _told(
        RefundOrder.objects.for_pages().get(pk=made.lowering.order_id),
        "多く納付した額の払い戻しが記録されました",
        f"{day_with_weekday(made.paid_on)}に払い戻しました。入金を確認してください。",
    )


@writes("refunds.settled")
def settled(pk: str) -> Iterable[Draft]:
    order = RefundOrder.objects.for_pages().get(pk=pk)
    yield from _told(
        order,
        f"交付金の{order.act}が終わりました",
        f"{order.act}額と、加算金・延滞金の納付の完了が確認されました。",
    )
