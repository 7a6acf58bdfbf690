"""From the decision to the closed award in a browser: payment, report, 審査, 額の確定, refund, the end."""

from __future__ import annotations

from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.refunds.api import RefundOrder
from grants.settlements.api import PerformanceReport, Settlement
from tests.grants import closing
from tests.world import World

from .conftest import Visitor


def pay(v: Visitor, award: Award) -> None:
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("支払を記録する")
    v.tick("kind", "advance")
    v.fill(amount=f"{award.amount:,}円")
    v.press("支払を記録する")
    assert v.says("支払を記録しました")


def report(v: Visitor, world: World, award: Award, share: int = 80) -> Filing:
    """The first pages in the browser; the rest is the same again and is filled by the service.

    `share` of the plan's cost was spent, in per cent.
    """
    v.goto("/settlements/")
    v.press(award.grantee.name)
    v.press("実績報告を書き始める")
    v.press("事業の完了と成果")
    v.fill(summary="孤立していた人が居場所につながった。")
    v.fill(completed_on=timezone.localdate().isoformat())
    v.press("保存して次へ")
    v.fill(text="会議を4回開いた。")
    for control in v.page.locator("main [name$='-spent']").all():
        control.fill("１０，０００")
    for control in v.page.locator("main [name$='-other_funding']").all():
        control.select_option("none")
    v.press("保存する")
    assert v.says("を保存しました")
    closing.write_report(world, award, share=share)
    filing: Filing = PerformanceReport.objects.get(award=award).filing
    v.goto(filing.writing_url)
    v.press("決裁を依頼する")
    v.press("決裁を依頼する")
    return filing


def examine(v: Visitor, filing: Filing) -> None:
    v.goto(filing.transition_url("begin_review"))
    v.tick("no_conflict")
    v.press("審査を始める")
    v.goto(f"/reviews/{filing.pk}/")
    v.press("明細を審査する")
    v.press("PF 官民連携プラットフォーム 1行目")
    v.tick("verdict", "cut")
    v.press("審査の結果を保存する")
    assert v.says("理由を入力してください")
    v.fill(cut="1,000", reason="領収書がない。", clause="交付の条件6")
    v.press("審査の結果を保存する")
    v.press("まだ見ていない明細をすべて認める")
    assert v.says("すべての明細を審査しました")
    v.goto(filing.transition_url("finish_review"))
    v.fill(opinion="証拠書類と合う。")
    v.press("審査を終える")


def fix(v: Visitor, filing: Filing) -> Settlement:
    v.goto(filing.transition_url("finalise"))
    assert v.says("確定の後に、返還を命じます")
    v.fill(document_number="府孤推第501号")
    v.tick("confirmed")
    v.press("額を確定する")
    assert v.says("額の確定通知書を作成しています")
    found: Settlement = Settlement.objects.select_related("award").get(filing=filing)
    return found


def refund(v: Visitor, settlement: Settlement) -> RefundOrder:
    """Tried out, ordered, paid in two parts."""
    award = settlement.award
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("返還の額を試算する")
    v.press("試算する")
    assert v.says("加算金・延滞金はかかりません")
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("返還を命ずる")
    v.fill(reason="確定額を超えて受領したため。", document_number="府孤推第502号")
    v.press("返還を命ずる")
    order = RefundOrder.objects.get(award=award)
    half = order.amount // 2
    for amount in (half, order.amount - half):
        v.goto(order.get_absolute_url())
        v.press("納付を記録する")
        v.fill(amount=str(amount))
        v.press("納付を記録する")
    v.press("納付の完了を確認する")
    v.press("納付の完了を確認する")
    return order


def close(v: Visitor, award: Award) -> None:
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("交付の手続を終える")
    v.press("交付の手続を終える")
    assert v.says("終了")
