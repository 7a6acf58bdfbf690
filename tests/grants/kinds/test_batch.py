"""Many decisions at once: the preflight says what each would be, the result what became of each."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.allocations.api import Batch
from grants.awards.api import Award, Decision
from grants.filings.api import Filing
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.audit.api import Event, verify
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def form(filings: list[Filing], **changed: str) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    amounts = {f"row-{one.pk}-amount": str(one.requested_amount) for one in filings}
    return {
        **amounts,
        "total": str(sum(int(one.requested_amount or 0) for one in filings)),
        "filing": [str(one.pk) for one in filings],
        "seen": [f"{one.pk}:{one.version}" for one in filings],
        "numbering": "first",
        "first_number": "府孤推第301号",
        "number_list": "",
        "decided_on": today,
        "issued_on": today,
        "confirmed": "on",
        **changed,
    }


@pytest.fixture
def filings(world: World) -> list[Filing]:
    ensure_cache_table()
    return [world.filing("reviewed", world.bodies[code]) for code in ("01", "02", "20")]


def test_all_that_are_reviewed_in_one_go(world: World, filings: list[Filing]) -> None:
    client = client_of(world.actor(Role.DECIDER))
    page = client.get("/decisions/batch/").content.decode()
    assert "決定する申請 3件" in page
    shown = client.post("/decisions/batch/", form(filings, check="1"))
    assert "府孤推第303号" in shown.content.decode()
    assert not Decision.objects.exists(), "to check is not to decide"
    answered = client.post("/decisions/batch/", form(filings))
    assert answered.status_code == 302
    result = client.get(answered.url).content.decode()
    assert result.count("決定しました。") == 3
    numbers = Decision.objects.order_by("filing__grantee__prefecture_id")
    assert list(numbers.values_list("document_number", flat=True)) == [
        f"府孤推第{n}号" for n in (301, 302, 303)
    ]
    assert Ledger.objects.get().decided == Award.objects.total()
    assert all(d.conditions for d in Decision.objects.order_by("pk")), "the standard ones"
    assert Event.objects.filter(verb="filings.application.decide").count() == 3
    assert verify() == []


def test_what_stands_against_one_does_not_stop_the_others(
    world: World, filings: list[Filing]
) -> None:
    """適正化法6条1項: money for two, less a yen for the third."""
    amount = int(filings[0].requested_amount or 0)
    world.programme.values.filter(key="budget").update(text=str(3 * amount - 1))
    client = client_of(world.actor(Role.DECIDER))
    page = client.get("/decisions/batch/").content.decode()
    assert "決定する申請 2件" in page
    assert "予算の残り" in page
    client.post("/decisions/batch/", form(filings, total=str(2 * amount)))
    assert Decision.objects.count() == 2
    assert Ledger.objects.get().decided == 2 * amount


def test_who_was_first_is_said_in_the_result(world: World, filings: list[Filing]) -> None:
    """A version that was overtaken: its own line fails, the others are decided."""
    given = form(filings)
    reviewing = world.act(
        filings[0], "reopen_review", world.actor(Role.DECIDER), reason="もう一度確かめる。"
    ).subject
    world.finish_review(reviewing)
    client = client_of(world.actor(Role.DECIDER))
    answered = client.post("/decisions/batch/", given)
    batch = Batch.objects.get()
    assert answered.url == batch.get_absolute_url()
    assert [item.is_done for item in batch.items.all()] == [False, True, True]
    assert "ほかの人が先に更新しました" in client.get(answered.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"numbering": "list", "number_list": "府孤推第1号"}, "1行あります"),
        ({"numbering": "list", "number_list": "府孤推第1号\n" * 3}, "同じ番号"),
        ({"first_number": ""}, "最初の番号を入力してください"),
        ({"confirmed": ""}, "印を付けてください"),
        ({"issued_on": "2020-01-01"}, "施行日は、決裁日以後"),
    ],
    ids=["count", "duplicate", "none", "unconfirmed", "days"],
)
def test_numbers_and_days_are_checked_before_anything_is_decided(
    world: World, filings: list[Filing], changed: dict[str, str], said: str
) -> None:
    client = client_of(world.actor(Role.DECIDER))
    answered = client.post("/decisions/batch/", form(filings, **changed))
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert not Decision.objects.exists()


def test_a_number_used_before_is_refused(world: World, filings: list[Filing]) -> None:
    world.act(
        world.filing("reviewed", world.tottori),
        "decide",
        world.actor(Role.DECIDER),
        **world.decision(filings[0]),
    )
    used = Decision.objects.get().document_number
    client = client_of(world.actor(Role.DECIDER))
    answered = client.post("/decisions/batch/", form(filings, first_number=used))
    assert answered.status_code == 422
    assert "もう使われています" in answered.content.decode()


def test_only_who_decides(world: World, filings: list[Filing]) -> None:
    """四つの目: a decider who reviewed one of them is told so, and cannot decide that one."""
    assert client_of(world.actor(Role.REVIEWER)).get("/decisions/batch/").status_code == 403
    hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
    page = client_of(hat).get("/decisions/batch/").content.decode()
    assert "この申請を審査した人は、決定できません" in page
    assert client_of(hat).post("/decisions/batch/", form(filings)).status_code == 422


def test_queries_grow_by_the_filing_alone(world: World, filings: list[Filing]) -> None:
    """The list of what waits asks as often for three as for eight."""
    client = client_of(world.actor(Role.DECIDER))

    def count() -> int:
        client.get("/decisions/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/decisions/").status_code == 200
        return len(captured)

    three = count()
    for code in ("03", "04", "05", "06", "07"):
        world.filing("reviewed", world.bodies[code])
    assert count() == three


def test_another_amount_with_its_reason(world: World, filings: list[Filing]) -> None:
    """適正化法6条3項: one line is cut; the others are given what they asked for."""
    first = filings[0]
    less = int(first.requested_amount or 0) - 1_000
    total = sum(int(one.requested_amount or 0) for one in filings) - 1_000
    changed = {
        f"row-{first.pk}-amount": f"{less:,}円",
        f"row-{first.pk}-reason": "対象外の経費を除いたため。",
        "total": str(total),
    }
    client = client_of(world.actor(Role.DECIDER))
    assert client.post("/decisions/batch/", form(filings, **changed)).status_code == 302
    decided = Decision.objects.get(filing=first)
    assert (decided.amount, decided.modification_reason) == (less, "対象外の経費を除いたため。")
    assert Ledger.objects.get().decided == total


@pytest.mark.parametrize(
    ("amount", "reason", "said"),
    [
        (-1_000, "", "修正の理由（適正化法6条3項）を入力してください"),
        (1_000, "増やすため。", "I欄"),
        ("千円", "読めない額。", "「千円」は使えません"),
    ],
    ids=["6条3項-no-reason", "over-column-I", "unreadable"],
)
def test_an_amount_that_cannot_be_given_stops_before_anything_is_decided(
    world: World, filings: list[Filing], amount: int | str, reason: str, said: str
) -> None:
    first, rest = filings[0], filings[1:]
    asked = int(first.requested_amount or 0)
    typed = str(asked + amount) if isinstance(amount, int) else amount
    others = sum(int(one.requested_amount or 0) for one in rest)
    changed = {
        f"row-{first.pk}-amount": typed,
        f"row-{first.pk}-reason": reason,
        "total": str(others + asked),
    }
    client = client_of(world.actor(Role.DECIDER))
    answered = client.post("/decisions/batch/", form(filings, **changed))
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert f'value="{typed}"' in answered.content.decode(), "what was typed is kept"
    assert not Decision.objects.exists()


def test_the_total_is_seen_before_it_is_decided(world: World, filings: list[Filing]) -> None:
    """An amount was changed and the button pressed at once: the page shows the new total first."""
    first = filings[0]
    total = sum(int(one.requested_amount or 0) for one in filings)
    changed = {
        f"row-{first.pk}-amount": str(int(first.requested_amount or 0) - 1_000),
        f"row-{first.pk}-reason": "対象外の経費を除いたため。",
        "total": str(total),
    }
    client = client_of(world.actor(Role.DECIDER))
    answered = client.post("/decisions/batch/", form(filings, **changed))
    assert answered.status_code == 422
    page = answered.content.decode()
    assert f"合計が{total - 1_000:,}円に変わりました" in page
    assert f'name="total" value="{total - 1_000}"' in page
