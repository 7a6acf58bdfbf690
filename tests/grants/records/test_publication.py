"""公表用の集計: confirmed months alone, small counts of persons hidden, on the page and in the file."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.activities.api import get_activity_type
from grants.records.api import PeriodReport, enter_record
from grants.records.publication import HIDDEN, published, table_of
from portal.access.api import Role
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of

SUPPORT = get_activity_type("07")
FIELDS = [SUPPORT.by_key[key] for key in ("sessions", "attend_total", "attend_new")]


def row(venue: str, total: int, new: int, **given: Any) -> dict[str, Any]:
    return {
        "municipality_name": "八王子市",
        "lg_code": "132012",
        "venue": venue,
        "held_on": date(2024, 10, 5),
        "sessions": 1,
        "attend_total": total,
        "attend_new": new,
    } | given


def confirmed(deal: Deal, *rows: dict[str, Any]) -> PeriodReport:
    contract = deal.concluded()
    month, pair = deal.month(contract), pair_of(deal, contract)
    for one in rows:
        enter_record(actor=pair.recorder, report=month, row=one)
    perform(PeriodReport, month.pk, "submit", pair.responsible, data={"remarks": ""})
    perform(PeriodReport, month.pk, "confirm", deal.drafter(), data={"note": ""})
    return month


def cells(table: Any) -> dict[str, list[str]]:
    return {name: [cell.text for cell in row] for name, row in table.rows}


def test_a_small_count_is_hidden_with_one_more_and_a_session_is_no_person() -> None:
    sums = {
        "長野県": {"sessions": 2, "attend_total": 40, "attend_new": 3},
        "鳥取県": {"sessions": 3, "attend_total": 30, "attend_new": 9},
        "東京都": {"sessions": 9, "attend_total": 90, "attend_new": 20},
    }
    assert cells(table_of(SUPPORT, FIELDS, sums, 5)) == {
        "長野県": ["2", "40", HIDDEN],
        "鳥取県": ["3", "30", HIDDEN],
        "東京都": ["9", "90", "20"],
        "全国": ["14", "160", "32"],
    }


def test_a_prefecture_alone_is_hidden_with_the_whole() -> None:
    sums = {"長野県": {"sessions": 2, "attend_total": 40, "attend_new": 3}}
    shown = cells(table_of(SUPPORT, FIELDS, sums, 5))
    assert shown == {"長野県": ["2", "40", HIDDEN], "全国": ["2", "40", HIDDEN]}


def test_a_breakdown_is_hidden_so_that_its_field_does_not_give_it_away() -> None:
    keys = ["attend_total", *(f.key for f in SUPPORT.fields if f.key.startswith("age_"))]
    ages = dict.fromkeys(keys[1:], 0) | {"age_20s": 3, "age_30s": 17, "age_40s": 40}
    sums = {
        name: {"attend_total": 60, **ages} if name == "長野県" else {"attend_total": 60, **other}
        for name, other in (
            ("長野県", {}),
            ("鳥取県", dict.fromkeys(keys[1:], 0) | {"age_20s": 20, "age_30s": 20, "age_40s": 20}),
        )
    }
    table = table_of(SUPPORT, [SUPPORT.by_key[key] for key in keys], sums, 5)
    hidden = {name: [cell.label for cell in row if cell.is_hidden] for name, row in table.rows}
    assert hidden["長野県"] == ["20代", "30代"]
    assert hidden["鳥取県"] == ["20代", "30代"]


def test_only_confirmed_months_count_and_the_page_says_why(deal: Deal) -> None:
    month = confirmed(deal, row("縁側", 12, 2), row("広場", 20, 1))
    client = client_of(deal.world.actor(Role.REVIEWER))
    page = client.get(reverse("records:publication")).content.decode()
    assert "5人未満の人数" in page
    assert "伏せています" in page
    assert ">32<" in page
    file = client.get(reverse("records:publication_file"))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert any("参加者（延）" in line and ",32," in line for line in lines)
    assert any("うち新規" in line and HIDDEN in line for line in lines)
    assert not any("うち新規" in line and ",3," in line for line in lines)
    perform(
        PeriodReport, month.pk, "correct", deal.drafter(), data={"reason": "人数を数え直すため。"}
    )
    assert (
        "集計できる実績はまだありません"
        in client.get(reverse("records:publication")).content.decode()
    )


def test_while_a_month_is_missing_page_and_file_are_not_for_publication(deal: Deal) -> None:
    """What a month more adds to a hidden count would be read off two tables."""
    month = confirmed(deal, row("縁側", 12, 2), row("広場", 20, 1))
    client = client_of(deal.world.actor(Role.REVIEWER))

    def said() -> tuple[bool, bool, bool]:
        page = client.get(reverse("records:publication")).content.decode()
        file = client.get(reverse("records:publication_file"))
        lines = file.content.decode("utf-8-sig").splitlines()[1:]
        return (
            "まだ公表しないでください" in page,
            all("公表しない" in line for line in lines),
            "%EF%BC%88%E9%80%94%E4%B8%AD" in file["Content-Disposition"],
        )

    missing = PeriodReport.objects.exclude(pk=month.pk)
    assert missing.exists()
    assert said() == (True, True, True)
    missing.delete()
    assert said() == (False, False, False)


def test_it_is_not_for_bodies(deal: Deal) -> None:
    for name in ("publication", "publication_file"):
        answer = client_of(deal.drafter()).get(reverse(f"records:{name}"))
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_the_number_of_queries_does_not_grow(deal: Deal) -> None:
    programme = deal.award.programme
    programme.terms()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            published(programme)
        return len(found)

    confirmed(deal, *(row(f"会場{n}", 12, 2) for n in range(3)))
    few = queries()
    contract = deal.concluded("別の団体")
    month, pair = deal.month(contract), pair_of(deal, contract, "other")
    for n in range(8):
        enter_record(actor=pair.recorder, report=month, row=row(f"別{n}", 9, 9))
    assert queries() == few
