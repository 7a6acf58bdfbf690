"""取得財産等管理台帳: what may stand in it, its inventory, papers, file, and what leaves it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award
from grants.properties.api import (
    Asset,
    InventoryCheck,
    lives_of,
    paid_lines,
    print_register,
    rows_of,
    take_inventory,
)
from grants.properties.services import change_asset, replace_lives
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.dates import FiscalYear
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.input_tax.subsidies import subsidise
from tests.grants.properties.buying import buy
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def check(world: World, asset: Asset, result: str = "seen", note: str = "", **given: Any) -> Any:
    return take_inventory(
        actor=world.actor(Role.DRAFTER, asset.grantee),
        checks={asset.pk: {"result": result, "note": note}},
        **{"checked_on": timezone.localdate(), "checked_by": "見本 花子", **given},
    )


def test_amounts_are_never_more_than_the_line_has(world: World, award: Award) -> None:
    line = max(paid_lines(award), key=lambda one: one.limit)
    price = line.limit // 2
    buy(world, award, unit_price=price, quantity=2)
    with pytest.raises(Refused, match="超えます"):
        buy(world, award)
    asset = Asset.objects.get()
    assert (asset.amount, asset.shown_number) == (
        price * 2,
        f"{award.programme.fiscal_year}-1",
    )
    assert asset.rate == "1/2"
    assert asset.years_source


def test_once_reported_the_limit_is_what_was_spent_less_what_was_cut(
    world: World, award: Award
) -> None:
    before = {one.uid: one.limit for one in paid_lines(award)}
    closing.settled(world, award, share=80, cut=1_000)
    award = Award.objects.get(pk=award.pk)
    after = {one.uid: one.limit for one in paid_lines(award)}
    lost = {uid: before[uid] * 80 // 100 - after[uid] for uid in before}
    assert sorted(lost.values()) == [*[0] * (len(lost) - 1), 1_000]


def test_what_another_keeps_names_its_contract(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="その契約を選んで"):
        buy(world, award, keeper="subsidised")
    contractor = subsidise(world, award)
    contract = contractor.contracts.get()
    asset = buy(world, award, keeper="subsidised", contract=contract)
    assert asset.keeper_name == "みらい"


def test_a_correction_keeps_what_stood_there_and_the_lock(world: World, award: Award) -> None:
    asset = buy(world, award)
    drafter = world.actor(Role.DRAFTER)
    names = ("line_uid", "contract", "keeper", "class_code", "name", "specification", "quantity")
    names += ("unit_price", "acquired_on", "location", "note")
    values = {name: getattr(asset, name) for name in names}
    changed = change_asset(
        actor=drafter, asset=asset, seen_version=1, values={**values, "class_code": "server"}
    )
    assert changed.years == 5
    with pytest.raises(Stale):
        change_asset(actor=drafter, asset=asset, seen_version=1, values=values)
    assert verify() == []


def test_the_inventory_of_a_year(world: World, award: Award) -> None:
    asset = buy(world, award)
    year = FiscalYear.of(timezone.localdate())
    with pytest.raises(Refused, match="状況"):
        check(world, asset, "not_seen")
    with pytest.raises(Refused, match="今日以前"):
        check(world, asset, checked_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="後に取得"):
        check(world, asset, checked_on=timezone.localdate() - timedelta(days=1))
    with time_machine.travel(f"{year + 1}-10-01 10:00+09:00", tick=False):
        [row] = rows_of(Asset.objects.all())
        assert row.owed == [year + 1]
        [made] = check(world, asset, "damaged", "画面が割れている。")
        assert made.fiscal_year == year + 1
        [row] = rows_of(Asset.objects.all())
        assert not row.is_overdue
        assert row.last_check == made
    with pytest.raises(DatabaseError):
        InventoryCheck.objects.update(result="seen")


def test_another_bodys_property_is_not_checked(world: World, award: Award) -> None:
    asset = buy(world, award)
    with pytest.raises(Refused, match="一つ以上"):
        take_inventory(
            actor=world.actor(Role.DRAFTER, world.tottori),
            checks={asset.pk: {"result": "seen", "note": ""}},
            checked_on=timezone.localdate(),
            checked_by="よその人",
        )


def dispose(world: World, asset: Asset, **given: Any) -> Asset:
    data = {
        "disposal_kind": "discard",
        "disposed_on": timezone.localdate(),
        "proceeds": 0,
        "closing_note": "故障したため廃棄した。",
    }
    drafter = world.actor(Role.DRAFTER, asset.grantee)
    return perform(Asset, asset.pk, "dispose", drafter, data={**data, **given}).subject


def test_22_nothing_is_disposed_of_without_approval_until_14_frees_it(
    world: World, award: Award
) -> None:
    asset = buy(world, award)
    with pytest.raises(Refused, match="承認を受けてから"):
        dispose(world, asset)
    last = asset.restricted.ends_on
    with (
        time_machine.travel(f"{last} 23:00+09:00", tick=False),
        pytest.raises(Refused, match="承認を受けてから"),
    ):
        dispose(world, asset)
    with time_machine.travel(f"{last + timedelta(days=1)} 00:00+09:00", tick=False):
        gone = dispose(world, asset)
        assert (gone.state, gone.disposed_under) == ("disposed", "free")
        with pytest.raises(Refused):
            dispose(world, asset)


def test_a_blanket_approval_after_ten_years(world: World, award: Award) -> None:
    asset = buy(world, award, class_code="furniture-metal")
    day = asset.acquired_on.replace(year=asset.acquired_on.year + 10)
    with time_machine.travel(f"{day} 10:00+09:00", tick=False):
        with pytest.raises(Refused):
            dispose(world, asset, proceeds=1)
        assert dispose(world, asset).disposed_under == "blanket"


def test_what_was_written_by_mistake_makes_room_again(world: World, award: Award) -> None:
    line = max(paid_lines(award), key=lambda one: one.limit)
    asset = buy(world, award, unit_price=line.limit)
    drafter = world.actor(Role.DRAFTER)
    perform(Asset, asset.pk, "strike", drafter, data={"reason": "二重に記載したため。"})
    assert buy(world, award, unit_price=line.limit).number == 2
    with pytest.raises(DatabaseError):
        Asset.objects.filter(pk=asset.pk).delete()


def test_both_papers_show_the_register(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="台帳に載せた財産がありません"):
        print_register(actor=world.actor(Role.DRAFTER), award=award)
    buy(world, award, name="髙性能端末")
    print_register(actor=world.actor(Role.DRAFTER), award=award)
    drain()
    for kind in ("property_register", "property_details"):
        document = Document.objects.get(kind=kind)
        pages = PdfReader(BytesIO(read_file(document))).pages
        text = "".join("".join(page.extract_text() for page in pages).split())
        assert "髙性能端末" in text
        assert "500,000" in text


def test_lists_of_lives_are_the_years_own(world: World, award: Award) -> None:
    assert len(lives_of(award.programme)) > 10
    rows = [{"code": "computer", "name": "端末", "years": 6, "source": "告示"}]
    manager = world.actor(Role.PROGRAMME_MANAGER)
    replace_lives(actor=manager, programme=award.programme, rows=rows)
    assert [one.label for one in lives_of(award.programme)] == ["端末　6年"]
    assert buy(world, award).years == 6


def test_pages_file_and_strangers(world: World, award: Award) -> None:
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    office = client_of(world.actor(Role.REVIEWER))
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    assert "まだありません" in drafter.get("/properties/").content.decode()
    register = reverse("properties:register", args=[award.pk])
    assert stranger.get(register).status_code == 404
    assert office.get(register).status_code == 403
    line = max(paid_lines(award), key=lambda one: one.limit)
    typed = {
        "line_uid": str(line.uid),
        "keeper": "prefecture",
        "class_code": "computer",
        "name": "=1+1",
        "quantity": "1",
        "unit_price": "500000",
        "acquired_on": "2000年1月1日",
        "location": "県庁",
    }
    assert drafter.post(register, typed).status_code == 422
    today = timezone.localdate()
    answer = drafter.post(
        register, {**typed, "acquired_on": f"{today.year}年{today.month}月{today.day}日"}
    )
    assert answer.status_code == 302
    page = answer["Location"]
    assert "あと" in office.get(page).content.decode()
    assert stranger.get(page).status_code == 404
    assert world.nagano.name in office.get("/properties/").content.decode()
    for show in ("held", "overdue", "free", "disposed", "all"):
        assert office.get(f"/properties/?show={show}").status_code == 200
    file = office.get("/properties/export/?show=all").content.decode("utf-8-sig")
    assert "'=1+1" in file
    assert "=1+1" not in stranger.get("/properties/export/").content.decode("utf-8-sig")
    asset = Asset.objects.get()
    inventory = {
        "checked_on": f"{today.year}年{today.month}月{today.day}日",
        "checked_by": "見本 花子",
        f"{asset.pk}-result": "damaged",
    }
    assert drafter.post("/properties/inventory/", inventory).status_code == 422
    inventory[f"{asset.pk}-note"] = "角が欠けている。"
    assert drafter.post("/properties/inventory/", inventory).status_code == 302
    assert "角が欠けている" in office.get(page).content.decode()


def test_the_list_asks_the_same_for_three_and_for_eight(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    codes = ["20", "31", "01", "04", "13", "23", "27", "34"]

    def own(some: list[str]) -> None:
        for code in some:
            award = closing.award_of(world, world.bodies[code])
            check(world, buy(world, award))

    def asked() -> int:
        client.get("/properties/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/properties/").status_code == 200
        return len(queries)

    own(codes[:3])
    at_three = asked()
    own(codes[3:])
    assert asked() == at_three
