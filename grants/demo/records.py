"""Contractors, their checks and contracts, and months on their way, as people would make them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.activities.api import PLATFORM
from grants.awards.api import Award
from grants.connections.api import make_key
from grants.contractors.api import (
    Contract,
    Contractor,
    ContractPerson,
    LineShare,
    Method,
    add_estimate,
    add_evidence,
    allocate,
    asked_of,
    lines_for,
    prepare_contract,
    record_check,
    register_contractor,
)
from grants.plans.api import platform_uid
from grants.records.api import PeriodReport, enter_record
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.workflow.api import perform

from .bodies import BodyStory, ContractStory
from .money import load_money
from .people import Cast
from .typed_records import LAST_YEAR as TYPED_LAST_YEAR
from .typed_records import ROWS

TERRACE = BodyStory(
    "特定非営利活動法人あずみのテラス",
    "とくていひえいりかつどうほうじんあずみのてらす",
    "npo",
    "",
    "中沢 健",
    "長野県安曇野市豊科0-0",
    ("滝沢 美咲", "recorder@terrace.example"),
    ("中沢 健", "responsible@terrace.example"),
    signs_in=True,
)
HOT_NET = BodyStory(
    "特定非営利活動法人南信ほっとネット",
    "とくていひえいりかつどうほうじんなんしんほっとねっと",
    "npo",
    "",
    "原 俊介",
    "長野県飯田市大久保町0",
    ("伊藤 礼", "recorder@hotnet.example"),
    ("原 俊介", "responsible@hotnet.example"),
)
TSUDOI = BodyStory(
    "一般社団法人とっとりつどい",
    "いっぱんしゃだんほうじんとっとりつどい",
    "association",
    "",
    "岩﨑 まどか",
    "鳥取県鳥取市東町0-0",
    ("田中 航", "recorder@tsudoi.example"),
    ("岩﨑 まどか", "responsible@tsudoi.example"),
)

_NAGANO = (
    ("安曇野市", "202207", "サロンあおぞら"),
    ("松本市", "202029", "つながりカフェ髙橋"),
    ("塩尻市", "202151", "塩尻の縁側"),
)
_IIDA = (("飯田市", "202053", "りんごの木の居間"), ("駒ヶ根市", "202100", "駒ヶ根ひだまり"))
_TOTTORI = (("鳥取市", "312011", "砂丘のえんがわ"), ("倉吉市", "312037", "白壁サロン"))
_COMPETED = (
    "公募型プロポーザルにより3者から提案を受け、審査委員5人の採点で最も高い団体を選んだ。"
    "県が直接行う場合と比べ、経費と当事者の通いやすさで優れている。"
)

_LAST_YEAR = (
    (
        TERRACE,
        ContractStory(
            "地域の縁側づくり事業 中信",
            "R7-福-012",
            "07",
            2_400_000,
            "PRO",
            _COMPETED,
            _NAGANO,
            ("submitted", "sent_back", "open"),
        ),
    ),
    (
        HOT_NET,
        ContractStory(
            "地域の縁側づくり事業 南信",
            "R7-福-013",
            "07",
            1_980_000,
            "PRO",
            _COMPETED,
            _IIDA,
            ("submitted", "submitted"),
            same_person=True,
        ),
    ),
)
_THIS_YEAR = (
    (
        TSUDOI,
        ContractStory(
            "地域の縁側づくり事業 東部・中部",
            "R8-地-004",
            "07",
            1_950_000,
            "NEG",
            "県内で居場所を5年以上運営している団体を調べ、2者から見積書を取った。",
            _TOTTORI,
            ("submitted", "open"),
            ground="2",
            ground_reason="当事者との関係が続いている団体でなければ、参加が途切れるおそれがある。"
            "見積書を比べ、価格が適正であることを確かめた。",
            same_person=True,
        ),
    ),
)


def load_contracts(cast: Cast, bodies: dict[str, Organisation]) -> None:
    """長野 in its last year's award, 鳥取 in the one of this year."""
    awards = list(Award.objects.in_force().select_related("programme", "decision", "grantee"))
    year = max(award.programme.fiscal_year for award in awards)
    for code, fiscal_year, pairs in (
        ("20", year - 1, _LAST_YEAR + TYPED_LAST_YEAR),
        ("31", year, _THIS_YEAR),
    ):
        award = next(
            a
            for a in awards
            if a.grantee_id == bodies[code].pk and a.programme.fiscal_year == fiscal_year
        )
        for body, story in pairs:
            contractor = _register(cast, bodies[code], body, award)
            contract = _conclude(cast, contractor, award, story)
            _join(cast, contract, body)
            _fill_months(cast, contract, story)
            load_money(cast, contract)
            if story.type_code in ROWS:
                _connect(cast, contract)
    _member(cast)


def _connect(cast: Cast, contract: Contract) -> None:
    """A key of which nobody knows the secret: who wants to try one makes another."""
    organisation = contract.contractor.organisation
    recorder = cast.actor(organisation, Role.RECORDER)
    make_key(
        actor=cast.actor(organisation, Role.RESPONSIBLE),
        contract=contract,
        label="受講者・調査の管理システム",
        acts_for=User.objects.get(pk=recorder.user_id),
        role=Role.RECORDER,
        scopes=["read", "write"],
        expires_on=timezone.localdate() + timedelta(days=120),
    )


def _register(cast: Cast, prefecture: Organisation, body: BodyStory, award: Award) -> Contractor:
    drafter = cast.actor(prefecture, Role.DRAFTER)
    contractor = register_contractor(
        actor=drafter,
        corporate_number=body.number,
        values={
            "name": body.name,
            "kana": body.kana,
            "body_type": body.body_type,
            "representative": body.representative,
            "address": body.address,
        },
    )
    start = FiscalYear(award.programme.fiscal_year).start
    for kind, source, reason in (
        (
            "religious",
            "定款、過去3年の活動報告",
            "定款の目的と過去3年の活動報告を読み、宗教活動がないことを確かめた。",
        ),
        (
            "political",
            "定款、過去3年の活動報告",
            "定款の目的と過去3年の活動報告を読み、政治活動がないことを確かめた。",
        ),
        ("organised_crime", "県警の回答", "誓約書と役員名簿を受け、県警に照会した。"),
    ):
        record_check(
            actor=drafter,
            contractor=contractor,
            kind=kind,
            result="clear",
            pledged_on=start - timedelta(days=20),
            reviewer=drafter.name,
            reviewed_on=start - timedelta(days=10),
            expires_on=timezone.localdate() + timedelta(days=300),
            reason=reason,
            source=source,
        )
    return contractor


def _conclude(cast: Cast, contractor: Contractor, award: Award, story: ContractStory) -> Contract:
    """For the platform, or the first activity of the kind in the plan; the whole fiscal year."""
    drafter = cast.actor(contractor.grantee, Role.DRAFTER)
    year = FiscalYear(award.programme.fiscal_year)
    uid = (
        platform_uid(award.revision.plan_id)
        if story.type_code == PLATFORM.code
        else award.revision.activities.filter(type_code=story.type_code).order_by("order")[0].uid
    )
    contract = prepare_contract(
        actor=drafter,
        contractor=contractor,
        award=award,
        activities=[uid],
        values={
            "title": story.title,
            "number": story.number,
            "kind": "contract",
            "amount": story.amount,
            "signed_on": year.start,
            "starts_on": year.start,
            "ends_on": year.end,
            "method": story.method,
            "ground": story.ground,
            "ground_reason": story.ground_reason,
            "selection_reason": story.selection,
            "due_day": 10,
            "same_person_may_submit": story.same_person,
        },
    )
    _allocate(drafter, contract)
    paper = SimpleUploadedFile("選定結果.csv", "者,点\n提案者1,86\n提案者2,74\n".encode())
    add_evidence(actor=drafter, contract=contract, upload=paper, names=asked_of(contract)[0])
    if story.method == Method.NEGOTIATED:
        _compare(drafter, contract)
    data = {"is_answered_for": True}
    return perform(Contract, contract.pk, "conclude", drafter, data=data).subject


def _compare(drafter: Actor, contract: Contract) -> None:
    """見積書 of the body and of one other, which asked for more."""
    for name, amount in (
        (contract.contractor.name, contract.amount),
        ("特定非営利活動法人しらうさぎの縁", contract.amount + 130_000),
    ):
        text = f"見積りを出した者,見積額\n{name},{amount}\n"
        add_estimate(
            actor=drafter,
            contract=contract,
            name=name,
            amount=amount,
            given_on=contract.signed_on - timedelta(days=14),
            is_chosen=name == contract.contractor.name,
            upload=SimpleUploadedFile(f"見積書_{name}.csv", text.encode()),
        )


def _allocate(drafter: Actor, contract: Contract) -> None:
    """As a real contract is made up: a part of every line, in whole thousands of yen."""
    lines = lines_for(contract)
    planned = sum(line.amount for line in lines)
    shares = {
        line.uid: LineShare(contract.amount * line.amount // planned // 1000 * 1000)
        for line in lines
    }
    first = lines[0].uid
    rest = contract.amount - sum(share.amount for share in shares.values())
    shares[first] = LineShare(shares[first].amount + rest)
    allocate(actor=drafter, contract=contract, seen_version=contract.version, shares=shares)


def _join(cast: Cast, contract: Contract, body: BodyStory) -> None:
    """As if invited and joined: both on this contract."""
    organisation = contract.contractor.organisation
    for role, (name, login) in (
        (Role.RECORDER, body.recorder),
        (Role.RESPONSIBLE, body.responsible),
    ):
        actor = cast.add(organisation, role, name, login, signs_in=body.signs_in)
        ContractPerson.objects.create(contract=contract, user_id=actor.user_id, role=role)


def _fill_months(cast: Cast, contract: Contract, story: ContractStory) -> None:
    organisation = contract.contractor.organisation
    recorder = cast.actor(organisation, Role.RECORDER)
    responsible = cast.actor(organisation, Role.RESPONSIBLE)
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    begun = PeriodReport.objects.filter(contract=contract).begun(timezone.localdate())
    reports = list(begun.for_lists().order_by("month"))
    earlier = max(0, len(reports) - len(story.last_months))
    states = (*("confirmed",) * earlier, *story.last_months[-len(reports) :])
    for number, (report, state) in enumerate(zip(reports, states, strict=True)):
        if state == "open":
            continue
        _enter(recorder, report, story, number)
        _lead(report, state, responsible, drafter)


def _enter(recorder: Actor, report: PeriodReport, story: ContractStory, number: int) -> None:
    """Twice a month at each venue, with numbers that rise and fall a little."""
    first, last = report.period
    for row in ROWS[story.type_code](first, number) if story.type_code in ROWS else ():
        enter_record(actor=recorder, report=report, row=row)
    for place, (municipality, code, venue) in enumerate(story.venues):
        for half in (0, 1):
            day = min(first + timedelta(days=4 + place * 3 + half * 14), last)
            enter_record(
                actor=recorder, report=report, row=_row(municipality, code, venue, day, number)
            )


def _row(municipality: str, code: str, venue: str, day: date, number: int) -> dict[str, Any]:
    total = 11 + (number * 5 + day.day * 3) % 9
    return {
        "municipality_name": municipality,
        "lg_code": code,
        "venue": venue,
        "held_on": day,
        "sessions": 1,
        "attend_total": total,
        "attend_new": total % 4,
        "consult_in_person": day.day % 3,
        "consult_phone": day.day % 2,
        "consult_sns": None,
        "referrals": day.day % 2,
        "note": None,
        "occurrence": None,
    }


def _lead(report: PeriodReport, state: str, responsible: Actor, drafter: Actor) -> None:
    remarks = {"remarks": "天候による中止はなく、計画のとおり開いた。"}
    perform(PeriodReport, report.pk, "submit", responsible, data=remarks)
    if state == "confirmed":
        perform(PeriodReport, report.pk, "confirm", drafter, data={"note": ""})
    elif state == "sent_back":
        reason = "塩尻の縁側の2回目の参加者数を、参加簿と照らして確かめてください。"
        perform(PeriodReport, report.pk, "send_back", drafter, data={"reason": reason})


def _member(cast: Cast) -> None:
    """参画団体: the last of the twelve roles."""
    organisation = Organisation.objects.create(
        kind=OrganisationKind.MEMBER,
        name="特定非営利活動法人つながりの輪",
        kana="とくていひえいりかつどうほうじんつながりのわ",
    )
    cast.add(organisation, Role.MEMBER, "小沢 由美", "member@wa.example")
