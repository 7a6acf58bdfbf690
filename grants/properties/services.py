"""Writing the register, its yearly inventory, its papers, and asking for a disposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from grants.awards.api import Award, AwardState, lock_award
from grants.contractors.api import Contract
from grants.filings.api import Filing, digest
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import FiscalYear, day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, request_document

from .models import Asset, DisposalRequest, InventoryCheck, RegisterCopy, UsefulLife
from .papers import register_text
from .register import PaidLine, lives_of, paid_lines, rows_of
from .rules import register_reasons
from .states import AssetState, Keeper

_ARTICLE = "適正化法22条、施行令13条"
# What the Event of a correction says, where it differs.
_SAID = {
    "name": "財産の名称",
    "specification": "規格",
    "class_name": "区分",
    "quantity": "数量",
    "unit_price": "単価",
    "acquired_on": "取得日",
    "line": "積算の明細",
    "location": "保管場所",
    "note": "備考",
}


def register_asset(*, actor: Actor, award: Award, values: Mapping[str, Any]) -> Asset:
    """A line of the register; the award's row is the lock, so that a line is never overdrawn.

    Raises Refused with every reason against price, sum and day.
    """
    with transaction.atomic():
        locked = lock_award(award)
        if locked.state == AwardState.WITHDRAWN:
            raise Refused(["交付申請が取り下げられています。台帳には載せられません。"])
        kept = _kept(locked, values)
        last = Asset.objects.filter(award=locked).aggregate(last=Max("number"))["last"] or 0
        made: Asset = Asset.objects.create(
            award=locked,
            number=last + 1,
            rate=_text(locked),
            registered_by_id=actor.user_id,
            registered_by_name=actor.name,
            **kept,
        )
        record(
            actor,
            "properties.register",
            "取得財産を台帳に載せる",
            made,
            article=_ARTICLE,
            case_id=made.case_id,
            data={
                "said": {
                    "財産": f"{made}",
                    "金額": format_yen(made.amount),
                    "処分制限期間": f"{day_with_weekday(made.restricted.ends_on)}まで",
                }
            },
        )
    return made


def change_asset(
    *, actor: Actor, asset: Asset, seen_version: int, values: Mapping[str, Any]
) -> Asset:
    """What was written wrongly is put right; the Event keeps what stood there. Raises Stale, Refused."""
    with transaction.atomic():
        award = lock_award(asset.award)
        locked: Asset = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        if locked.state != AssetState.HELD:
            raise Refused(["保有している財産だけを直せます。"])
        kept = _kept(award, values, besides=locked)
        old = {name: str(getattr(locked, name)) for name in kept}
        for name, new in kept.items():
            setattr(locked, name, new)
        locked.version += 1
        locked.save()
        changed = {
            label: f"{old[name]} → {kept[name]}"
            for name, label in _SAID.items()
            if old[name] != str(kept[name])
        }
        record(
            actor,
            "properties.change",
            "台帳の記載を直す",
            locked,
            article=_ARTICLE,
            case_id=locked.case_id,
            data={"said": changed or {"変更": "なし"}},
        )
    return locked


def _kept(award: Award, values: Mapping[str, Any], besides: Asset | None = None) -> dict[str, Any]:
    """The columns that follow from what was typed. Raises Refused with every reason against them."""
    terms, year = award.programme.terms(), FiscalYear(award.programme.fiscal_year)
    life = next(one for one in lives_of(award.programme) if one.code == values["class_code"])
    line = _line(award, values["line_uid"])
    amount = values["quantity"] * values["unit_price"]
    others = award.assets.registered().filter(line_uid=line.uid)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    reasons = list(
        register_reasons(
            unit_price=values["unit_price"],
            threshold=terms.property_threshold,
            amount=amount,
            limit=line.limit,
            registered=others.total(),
            acquired_on=values["acquired_on"],
            year=year,
            today=timezone.localdate(),
        )
    )
    contract: Contract | None = values["contract"]
    if values["quantity"] < 1:
        reasons.append("数量は、1以上にしてください。")
    if values["keeper"] != Keeper.PREFECTURE and contract is None:
        reasons.append("委託先・間接補助の団体が保管するときは、その契約を選んでください。")
    if reasons:
        raise Refused(reasons)
    typed = ("name", "specification", "quantity", "unit_price", "acquired_on", "location", "note")
    return {
        **{name: values[name] for name in typed},
        "amount": amount,
        "line_uid": line.uid,
        "line": line.label,
        "contract": contract,
        "keeper": values["keeper"],
        "class_code": life.code,
        "class_name": life.name,
        "years": life.years,
        "years_source": life.source,
    }


def _line(award: Award, uid: UUID) -> PaidLine:
    found = next((one for one in paid_lines(award) if one.uid == uid), None)
    if found is None:
        raise Refused(["その明細は、いまの計画にありません。選び直してください。"])
    return found


def _text(award: Award) -> str:
    rate = award.programme.terms().grant_rate
    return f"{rate.numerator}/{rate.denominator}"


def take_inventory(
    *, actor: Actor, checks: Mapping[UUID, Mapping[str, Any]], checked_on: date, checked_by: str
) -> list[InventoryCheck]:
    """現物確認 of several properties on one day. Raises Refused for a day to come, or before one was
    bought, and where what is wrong is not said."""
    with transaction.atomic():
        assets = list(
            Asset.objects.for_user(actor)
            .held()
            .filter(pk__in=checks)
            .select_for_update(of=("self",))
            .select_related("award__programme", "award__grantee")
            .order_by("pk")
        )
        reasons = _against_inventory(assets, checks, checked_on)
        if reasons:
            raise Refused(reasons)
        year = FiscalYear.of(checked_on)
        made = []
        for asset in assets:
            check = InventoryCheck.objects.create(
                asset=asset,
                fiscal_year=year,
                checked_on=checked_on,
                checked_by=checked_by,
                recorded_by_id=actor.user_id,
                **checks[asset.pk],
            )
            made.append(check)
            said = {
                "財産": f"{asset}",
                "結果": check.get_result_display(),
                "確認した日": day_with_weekday(checked_on),
                "確認した人": checked_by,
            }
            record(
                actor,
                "properties.check",
                "現物を確認する",
                asset,
                article="交付要綱（財産の管理）",
                case_id=asset.case_id,
                data={"said": said | ({"状況": check.note} if check.note else {})},
            )
    return made


def _against_inventory(
    assets: Sequence[Asset], checks: Mapping[UUID, Mapping[str, Any]], checked_on: date
) -> list[str]:
    reasons = []
    if not assets:
        reasons.append("確認した財産を、一つ以上選んでください。")
    if checked_on > timezone.localdate():
        reasons.append("確認した日は、今日以前の日付にしてください。")
    for asset in assets:
        if checked_on < asset.acquired_on:
            reasons.append(f"{asset}は、確認した日より後に取得しています。")
        if checks[asset.pk]["result"] != "seen" and not checks[asset.pk]["note"].strip():
            reasons.append(f"{asset}の状況（損傷の程度、現物がない経緯）を入力してください。")
    return reasons


def print_register(*, actor: Actor, award: Award) -> list[Document]:
    """取得財産等管理台帳 and 明細表, as they stand now: the worker prints what the person saw."""
    rows = rows_of(award.assets.registered().order_by("number"))
    if not rows:
        raise Refused(["台帳に載せた財産がありません。"])
    now = timezone.now()
    text = register_text(award, rows, now)
    with transaction.atomic():
        copy = RegisterCopy.objects.create(
            award=award, payload=text, sha256=digest(text), made_by_name=actor.name, made_at=now
        )
        office = Organisation.objects.cabinet_office().first()
        papers = [
            request_document(
                kind=kind,
                title=f"{title}（{award.programme.year_label} {award.grantee.name}）",
                subject=copy,
                payload_hash=copy.sha256,
                issuer=award.grantee,
                readers=[award.grantee, *([office] if office else [])],
                case_id=award.case_id,
            )
            for kind, title in (
                ("property_register", "取得財産等管理台帳"),
                ("property_details", "取得財産等明細表"),
            )
        ]
        record(
            actor,
            "properties.print",
            "台帳と明細表を印刷する",
            award,
            article=_ARTICLE,
            case_id=award.case_id,
            data={"said": {"財産": f"{len(rows)}件", "識別値": copy.sha256[:12]}},
        )
    return papers


def replace_lives(*, actor: Actor, programme: Programme, rows: Sequence[Mapping[str, Any]]) -> None:
    """The list of a year, whole; what the register copied from it stays."""
    with transaction.atomic():
        UsefulLife.objects.filter(programme=programme).delete()
        UsefulLife.objects.bulk_create(
            UsefulLife(programme=programme, order=order, **row)
            for order, row in enumerate(rows, start=1)
        )
        record(
            actor,
            "properties.lives",
            "処分制限期間の区分を変える",
            programme,
            article="適正化法施行令14条1項2号",
            data={"said": {"区分": f"{len(rows)}件"}, "lives": [dict(row) for row in rows]},
        )


def copy_lives(earlier: Programme, programme: Programme) -> None:
    """Into a new year, where the year before had a list of its own."""
    UsefulLife.objects.bulk_create(
        UsefulLife(
            programme=programme,
            order=one.order,
            code=one.code,
            name=one.name,
            years=one.years,
            source=one.source,
        )
        for one in UsefulLife.objects.filter(programme=earlier)
    )


def start_disposal(*, actor: Actor, asset: Asset) -> Filing:
    """One request of a property at a time; a second click finds the first.

    Raises Refused for what is not held, and where the restriction is over.
    """
    with transaction.atomic():
        locked: Asset = (
            Asset.objects.select_for_update(of=("self",))
            .select_related("award__programme", "award__grantee")
            .get(pk=asset.pk)
        )
        going = DisposalRequest.objects.on_their_way().filter(asset=locked)
        existing = going.select_related("filing").first()
        if existing is not None:
            found: Filing = existing.filing
            return found
        if locked.state != AssetState.HELD:
            raise Refused(["保有している財産だけを申請できます。"])
        if locked.restricted.is_free(timezone.localdate()):
            raise Refused(
                ["処分制限期間が過ぎています。承認を受けずに処分できます（施行令14条）。"]
            )
        filing = Filing.objects.create(
            kind="disposal",
            programme_id=locked.award.programme_id,
            grantee_id=locked.award.grantee_id,
        )
        DisposalRequest.objects.create(filing=filing, award=locked.award, asset=locked)
        record(
            actor,
            "filings.disposal.start",
            "財産処分の承認の申請を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def approve_request(filing: Filing, returned: int) -> DisposalRequest:
    """Keeps what goes back to the treasury, in yen; the property's row is the lock. Call inside the
    transition's transaction; raises Refused for what is not held any more."""
    request: DisposalRequest = DisposalRequest.objects.get(filing=filing)
    asset: Asset = (
        Asset.objects.select_for_update(of=("self",))
        .select_related("award__programme", "award__grantee")
        .get(pk=request.asset_id)
    )
    if asset.state != AssetState.HELD:
        raise Refused(["この財産は、保有していません。"])
    request.asset, request.returned = asset, returned
    request.save(update_fields=["returned"])
    return request
