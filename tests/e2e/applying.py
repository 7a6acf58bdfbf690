"""Steps 1 to 4 of the main job in a browser: the plan, its approval, the review, the decision."""

from __future__ import annotations

from grants.demo.cases import make_platform
from grants.filings.api import Filing
from portal.access.api import Role
from tests.world import World, build_world, ensure_cache_table

from .conftest import Visitor

YEAR = 2024
DRAFTER, APPROVER = "drafter@tokyo.example", "approver@tokyo.example"


def tokyo_s_year() -> World:
    """The year of the sample file is open, and 東京都, whose towns the file names, has its people."""
    ensure_cache_table()
    world = build_world(fiscal_year=YEAR)
    tokyo = world.bodies["13"]
    world.cast.add(tokyo, Role.DRAFTER, "東 京子", DRAFTER)
    world.cast.add(tokyo, Role.APPROVER, "神田 実", APPROVER)
    make_platform(tokyo)
    return world


def write_basics(v: Visitor, revision: str) -> None:
    v.goto(f"/plans/{revision}/section/basics/")
    v.fill(
        applicant_title="東京都知事",
        applicant_name="髙橋 﨑𠮷",
        contact_department="地域福祉課",
        contact_name="小林 由佳",
        contact_phone="03-5321-0000",
    )
    v.press("保存して次へ")
    v.goto(f"/plans/{revision}/section/vision/")
    v.fill(issues="人と話す機会が減っている。", vision="どの地域にも居場所がある。")
    v.press("保存して次へ")


def write_line(v: Visitor, n: int, **values: str) -> None:
    for name in ("item", "quantity", "unit", "unit_price"):
        v.page.locator(f"[name='lines-{n}-{name}']").fill(values[name])
    for name in ("category_code", "delivery", "other_funding"):
        v.page.locator(f"[name='lines-{n}-{name}']").select_option(values[name])


def write_platform(v: Visitor, revision: str) -> None:
    v.goto(f"/plans/{revision}/section/platform/")
    v.fill(
        platform_name="東京都つながりプラットフォーム",
        platform_existing_body="地域共生社会推進会議",
        platform_content="官民で課題を出し合い、ともに取り組む。",
    )
    v.tick("platform_form", "extended")
    v.page.locator("input[name=platform_discussions]").first.check()
    write_line(
        v,
        0,
        item="委員の謝金",
        quantity="４８",
        unit="人回",
        unit_price="12,500円",
        category_code="07",
        delivery="direct",
        other_funding="none",
    )
    v.press("保存して次へ")


def write_activity(v: Visitor, revision: str, code: str, *, contract: bool) -> None:
    v.goto(f"/plans/{revision}/activities/")
    v.follow(v.page.locator(f"main button[name=add][value='{code}']"))
    v.fill(name="地域の縁側づくり", content="予約なしで立ち寄れる場を開く。")
    v.fill(vision_link="どの地域にも居場所がある姿に近づける。")
    v.page.locator("input[name=discussions]").first.check()
    v.page.locator("[name='indicators-0-target']").fill("10")
    write_line(
        v,
        0,
        item="担当者の人件費",
        quantity="10",
        unit="か所",
        unit_price="624000",
        category_code="12" if contract else "10",
        delivery="contract" if contract else "direct",
        other_funding="none",
    )
    v.press("保存して次へ")
    if contract:
        assert v.says("委託とする理由がありません"), "2(2): a contract without its reason"
        v.fill(contract_reason="運営してきた団体の関係を生かすことで、通いやすい。")
        v.press("保存して次へ")


def attach(v: Visitor, filing: str) -> None:
    v.goto(f"/applications/{filing}/attachments/")
    for slot, name in (("budget", "予算書.csv"), ("rules", "規約.csv")):
        v.pick(slot=slot)
        v.page.locator("input[name=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": f"{name},1\n".encode()}
        )
        v.press("ファイルを追加する")


def draft(v: Visitor) -> tuple[str, str]:
    """An empty plan, written section by section; returns the ids of filing and revision."""
    v.goto("/applications/")
    v.press("空の計画から始める")
    filing = Filing.objects.get()
    revision = str(filing.revision_id)
    assert v.says("2種類以上を選びます"), "3(2): what lacks is said from the start"
    write_basics(v, revision)
    write_platform(v, revision)
    write_activity(v, revision, "07", contract=True)
    write_activity(v, revision, "04", contract=False)
    v.goto(f"/plans/{revision}/section/incomes/")
    v.tick("budget_measure", "initial")
    v.press("保存して次へ")
    attach(v, str(filing.pk))
    v.goto(f"/applications/{filing.pk}/")
    assert v.says("不足 0"), v.page.locator("main").inner_text()
    return str(filing.pk), revision


def request_and_approve(drafter: Visitor, approver: Visitor, filing: str) -> None:
    drafter.goto(f"/filings/{filing}/do/request_approval/")
    drafter.press("決裁を依頼する")
    assert drafter.says("決裁待ち"), drafter.page.locator("main").inner_text()
    approver.goto(f"/filings/{filing}/do/submit/")
    approver.press("承認して提出する")
    assert approver.says("受付番号は")


def see_all(v: Visitor, filing: str) -> None:
    """Every section looked at, every requirement judged."""
    v.goto(f"/reviews/{filing}/")
    for _ in range(12):
        button = v.page.get_by_role("button", name="この項目を見ました")
        if button.count():
            v.press("この項目を見ました")
        after = v.page.locator("main a", has_text="次の項目：")
        if not after.count():
            break
        v.follow(after.first)
    for box in v.page.locator("main input[type=radio][value=yes]").all():
        box.check()
    v.press("確認の結果を保存する")


def review_and_return(v: Visitor, filing: str) -> None:
    v.goto("/reviews/")
    v.goto(f"/filings/{filing}/do/begin_review/")
    v.tick("no_conflict")
    v.press("審査を始める")
    see_all(v, filing)
    section = v.page.locator("nav.tabs a", has_text="⑦").first.get_attribute("href")
    v.goto(f"/reviews/{filing}/{section}")
    v.page.locator("select[name=address]").select_option(
        label="⑦ 相談・居場所・交流 委託とする理由"
    )
    v.fill(text="県が直接行う場合との比較を書いてください。", clause="要領2(2)")
    v.press("確認事項を付ける")
    v.goto(f"/filings/{filing}/do/return/")
    v.press("差し戻す")


def answer(v: Visitor, filing: str, revision: str) -> None:
    v.goto("/")
    assert v.says("未回答")
    v.goto(f"/filings/{filing}/")
    v.press("回答する", exact=False)
    v.fill(text="担当者の経費が約3割少ないことを書き加えました。")
    v.press("回答する")
    activity = Filing.objects.get(pk=filing).plan_revision.activities.get(type_code="07")
    v.goto(f"/plans/{revision}/section/activity:{activity.uid}/")
    v.fill(contract_reason="直接開く場合と比べ、担当者の経費が約3割少ない。")
    v.press("保存して次へ")


def finish_review(v: Visitor, filing: str) -> None:
    v.goto(f"/filings/{filing}/do/begin_review/")
    v.tick("no_conflict")
    v.press("審査を始める")
    v.goto(f"/reviews/{filing}/?changes=1")
    assert v.says("担当者の経費が約3割少ない"), "旧／新"
    v.press("了とする", exact=False)
    see_all(v, filing)
    v.goto(f"/filings/{filing}/do/finish_review/")
    v.fill(opinion="交付が適当。")
    v.press("審査を終える")


def decide(v: Visitor, filing: str) -> None:
    v.goto("/decisions/")
    v.goto(f"/filings/{filing}/do/decide/")
    v.fill(document_number="府孤推第41号", amount="99999999")
    v.tick("confirmed")
    v.press("交付を決定する")
    assert v.says("I欄"), "more than column I is refused, everything typed kept"
    v.fill(amount="3,000,000円", modification_reason="対象経費を精査したため。")
    v.press("交付を決定する")
    assert v.says("交付を決定しました")
