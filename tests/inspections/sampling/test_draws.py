"""What to inspect (要領5(1)-2): a sample that anybody draws again, and an error that stays information."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.settlements.api import examined_lines
from inspections.findings.api import Finding
from inspections.sampling.api import Design, Draw, Entry, draw_sample
from inspections.sampling.population import population_of
from inspections.sampling.rules import Line, chances, design_reasons, draw, projected
from inspections.visits.api import Visit
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from tests.grants import closing
from tests.inspections.findings.test_findings import page, upheld
from tests.inspections.visits.test_visits import (
    ITEM,
    another_inspector,
    hold,
    notify,
    plan,
    report,
    write_down,
)
from tests.world import World, client_of

LINES = [Line(f"{n}", 1_000 * n) for n in range(1, 11)]
ENTRIES = [Entry(line.key, f"支出{line.key}", line.amount) for line in LINES]
SEED = "松本 4271"


def keys(design: Design, seed: str = SEED) -> list[str]:
    return [one.key for one in draw(LINES, design, seed)]


class TestTheDraw:
    @pytest.mark.parametrize("by_amount", [False, True])
    def test_the_same_seed_the_same_sample(self, by_amount: bool) -> None:
        design = Design(2, 4, by_amount)
        assert keys(design) == keys(design)
        backwards = draw(list(reversed(LINES)), design, SEED)
        assert [one.key for one in backwards] == keys(design), "the order of the list is nothing"
        assert len({tuple(keys(design, str(n))) for n in range(20)}) > 10

    def test_equal_chances_by_hand(self) -> None:
        """As the docstring tells it, without the program."""

        def number(key: str) -> str:
            return sha256(f"{SEED}\norder\n{key}".encode()).hexdigest()

        rest = sorted((line.key for line in LINES if line.key not in {"10", "9"}), key=number)
        assert keys(Design(2, 3, by_amount=False)) == ["10", "9", *rest[:3]]

    def test_in_proportion_by_hand(self) -> None:
        """Two points on amounts laid end to end, as fractions."""
        ordered = sorted(
            LINES, key=lambda line: sha256(f"{SEED}\norder\n{line.key}".encode()).hexdigest()
        )
        start = Fraction(int(sha256(f"{SEED}\nstart".encode()).hexdigest(), 16), 2**256)
        total, expected, laid = 55_000, [], 0
        for line in ordered:
            points = [(start + k) * total / 2 for k in range(2)]
            expected += [line.key for at in points if laid <= at < laid + line.amount]
            laid += line.amount
        assert keys(Design(0, 2, by_amount=True)) == expected

    def test_the_chances_are_stated(self) -> None:
        equal = chances(LINES, Design(2, 4, by_amount=False))
        assert (equal["10"], equal["1"]) == (1, Fraction(4, 8))
        by_amount = chances(LINES, Design(0, 2, by_amount=True))
        assert by_amount["7"] == Fraction(7 * 2, 55)
        huge = chances([*LINES, Line("h", 900_000)], Design(0, 3, by_amount=True))
        assert (huge["h"], huge["7"]) == (1, Fraction(7 * 2, 55))

    @pytest.mark.parametrize(
        ("lines", "design", "said"),
        [
            (LINES, Design(1, 1, by_amount=False), ""),
            ([], Design(1, 1, by_amount=False), "支出がありません"),
            ([LINES[0], LINES[0]], Design(1, 0, by_amount=False), "同じ番号"),
            ([Line("a", -1)], Design(1, 0, by_amount=False), "0円より少ない"),
            (LINES, Design(0, 0, by_amount=False), "1件から"),
            (LINES, Design(200, 101, by_amount=False), "300件まで"),
        ],
        ids=["good", "empty", "twice", "negative", "nothing", "too-many"],
    )
    def test_what_cannot_be_drawn(self, lines: list[Line], design: Design, said: str) -> None:
        found = "".join(design_reasons(lines, design))
        assert said in found
        assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("error", "sampled", "total", "yen"),
    [(100, 1_000, 10_000, 1_000), (1, 3, 10, 3), (100, 0, 10_000, None)],
)
def test_a_projection(error: int, sampled: int, total: int, yen: int | None) -> None:
    assert projected(error, sampled, total) == yen


def drawn(world: World, visit: Visit, **changed: Any) -> Draw:
    given = {"entries": ENTRIES, "design": Design(2, 4, by_amount=True), "seed": SEED, **changed}
    return draw_sample(actor=world.actor(Role.INSPECTOR), visit=visit, **given)


def typed(**changed: Any) -> dict[str, Any]:
    lines = "\n".join(f"{one.key},{one.words},{one.amount}" for one in ENTRIES)
    given = {"source": "typed", "typed": lines, "largest": "2", "count": "4", "seed": SEED}
    return {**given, "by_amount": "on", **changed}


@pytest.mark.django_db
class TestWhatIsLookedAt:
    """What was drawn stands in the record, whether or not anybody looked at it yet."""

    def test_drawn_lines_wait_in_the_record(self, world: World) -> None:
        visit = notify(world, plan(world))
        made = drawn(world, visit)
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/visits/{visit.pk}/record/"
        seen = page(inspector, url)
        assert "まだ記録していない6件" in seen
        assert made.method in seen
        for key in made.content["drawn"]:
            assert f"支出{key}" in seen
        form = posted(made, visit, held_on=timezone.localdate().isoformat())
        assert inspector.post(url, form).status_code == 302, "half written"
        assert [item.line_key for item in visit.items.all()] == made.content["drawn"]
        seen = page(inspector, url)
        assert "まだ記録していない" not in seen
        assert seen.count('value="支出10"') == 1, "a line is there once"
        assert "未確認" in page(inspector, visit.get_absolute_url())

    def test_a_second_sample_is_what_counts(self, world: World) -> None:
        visit = notify(world, plan(world))
        drawn(world, visit)
        second = drawn(world, visit, design=Design(1, 0, by_amount=False))
        seen = page(client_of(world.actor(Role.INSPECTOR)), f"/visits/{visit.pk}/record/")
        assert "まだ記録していない1件" in seen
        assert second.method in seen

    def test_a_drawn_line_is_not_left_out(self, world: World) -> None:
        visit = notify(world, plan(world))
        drawn(world, visit)
        with pytest.raises(Refused, match="6件の記録がありません"):
            hold(world, write_down(world, visit))

    def test_nor_ended_before_it_was_looked_at(self, world: World) -> None:
        visit = notify(world, plan(world))
        made = drawn(world, visit, design=Design(1, 0, by_amount=False))
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/visits/{visit.pk}/record/"
        typed_day = {
            "held_on": timezone.localdate().isoformat(),
            "hours": "10時から12時まで",
            "cards_shown": "10時02分　見本 太郎",
            "present": "見本 太郎",
        }
        inspector.post(url, posted(made, visit, **typed_day))
        visit.refresh_from_db()
        with pytest.raises(Refused, match="1件に、書類の有無又は結果がありません"):
            hold(world, visit)
        papers = ("contract_paper", "acceptance_paper", "invoice_paper", "payment_paper")
        looked = {f"items-0-{name}": "there" for name in papers} | {"items-0-result": "in_order"}
        inspector.post(url, posted(made, visit, **typed_day, **looked))
        visit.refresh_from_db()
        assert hold(world, visit).state == "held"

    def test_a_number_that_was_not_drawn_names_no_line(self, world: World) -> None:
        visit = notify(world, plan(world))
        made = drawn(world, visit, design=Design(1, 0, by_amount=False))
        form = posted(made, visit) | {"items-0-line_key": "forged"}
        inspector = client_of(world.actor(Role.INSPECTOR))
        inspector.post(f"/visits/{visit.pk}/record/", form)
        assert not visit.items.get().line_key


def looked_at(made: Draw) -> list[dict[str, Any]]:
    return [{**ITEM, "line_key": key} for key in made.content["drawn"]]


def posted(made: Draw, visit: Visit, **changed: Any) -> dict[str, Any]:
    """The record as the page sends it back with the drawn lines untouched."""
    known = {key: (words, amount) for key, words, amount in made.content["lines"]}
    keys = made.content["drawn"]
    form = {"form_version": visit.version, "sampling": made.method}
    for prefix, count in (("items", len(keys)), ("questions", 0)):
        form |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": count}
    for at, key in enumerate(keys):
        form |= {
            f"items-{at}-line_key": key,
            f"items-{at}-what": known[key][0],
            f"items-{at}-amount": known[key][1],
        }
    return {**form, **changed}


@pytest.mark.django_db
class TestInTheBrowser:
    def test_rows_of_a_spreadsheet_keep_the_commas_of_their_amounts(self, world: World) -> None:
        lines = "1\t人件費、4月分\t208,500\n2\t旅費\t1,000"
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/sampling/visits/{plan(world).pk}/"
        answered = inspector.post(url, typed(typed=lines, largest="1", count="1"))
        assert answered.status_code == 302
        assert Draw.objects.get().content["lines"] == [
            ["1", "人件費、4月分", 208_500],
            ["2", "旅費", 1_000],
        ]

    def test_a_list_that_is_pasted(self, world: World) -> None:
        visit = plan(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/sampling/visits/{visit.pk}/"
        assert url in page(inspector, visit.get_absolute_url())
        answered = inspector.post(url, typed())
        assert answered.status_code == 302
        made = Draw.objects.get()
        assert made.content["drawn"] == keys(Design(2, 4, by_amount=True))
        seen = page(inspector, made.get_absolute_url())
        for said in ("同じ結果", SEED, "支出10", "100.0%"):
            assert said in seen
        rows = inspector.get(f"/sampling/{made.pk}/lines.csv").content.decode("utf-8-sig")
        assert rows.count("抽出\r\n") == 7, "the heading and six lines"
        assert Event.objects.get(verb="sampling.draw").article == "適正化法23条1項、要領5(1)"
        assert made.method in page(inspector, visit.get_absolute_url())

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"typed": "1,人件費"}, "1行目を、番号"),
            ({"typed": "1,人件費,多額"}, "1行目を、番号"),
            ({"typed": "1,人件費208,500"}, "1行目を、番号"),
            ({"typed": "1,人件費,208,500"}, "1行目を、番号"),
            ({"typed": "1,人件費,5\n1,旅費,6"}, "同じ番号"),
            ({"source": "portal"}, "支出がありません"),
            ({"largest": "0", "count": "0"}, "1件から"),
        ],
        ids=["columns", "amount", "no-comma", "split-amount", "twice", "nothing-known", "none"],
    )
    def test_what_is_wrong_is_said(self, world: World, changed: dict[str, Any], said: str) -> None:
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post(f"/sampling/visits/{plan(world).pk}/", typed(**changed))
        assert answered.status_code == 422
        assert said in answered.content.decode()

    def test_what_the_portal_knows(self, world: World) -> None:
        """The lines of the report that the body spent by itself."""
        award = closing.award_of(world)
        visit = plan(world, award)
        assert population_of(visit) == []
        filing = world.submit(closing.write_report(world, award))
        found = population_of(visit)
        sealed = filing.versions.get()
        direct = [one for one in examined_lines(filing, sealed) if one.cells["delivery"] == "直営"]
        assert found
        assert sum(one.amount for one in found) == sum(one.total for one in direct)

    def test_without_a_seed_the_portal_makes_one(self, world: World) -> None:
        visit = plan(world)
        first, second = drawn(world, visit, seed=""), drawn(world, visit, seed=" ")
        assert len(first.seed) == 16
        assert first.seed != second.seed
        assert [first.number, second.number] == [1, 2], "the first one stays"

    def test_a_draw_never_changes(self, world: World) -> None:
        made = drawn(world, plan(world))
        with pytest.raises(ProgrammingError), transaction.atomic():
            Draw.objects.filter(pk=made.pk).update(seed="another")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Draw.objects.filter(pk=made.pk).delete()


@pytest.mark.django_db
class TestWho:
    def test_the_body_reads_it_with_the_results(self, world: World) -> None:
        visit = plan(world)
        made = drawn(world, visit)
        body, neighbour = (
            client_of(world.actor(Role.DRAFTER, one)) for one in (world.nagano, world.gifu)
        )
        visit = hold(world, write_down(world, notify(world, visit), items=looked_at(made)))
        assert body.get(made.get_absolute_url()).status_code == 404
        visit = report(world, visit)
        assert "同じ結果" in page(body, made.get_absolute_url())
        assert str(made.pk) in page(body, visit.get_absolute_url())
        for url in (made.get_absolute_url(), f"/sampling/{made.pk}/lines.csv"):
            assert neighbour.get(url).status_code == 404
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert inspector.get(f"/sampling/visits/{visit.pk}/").status_code == 409

    def test_the_team_alone_draws(self, world: World) -> None:
        visit = plan(world)
        stranger = another_inspector(world)
        assert client_of(stranger).get(f"/sampling/visits/{visit.pk}/").status_code == 403
        with pytest.raises(Refused, match="検査職員ではありません"):
            draw_sample(
                actor=stranger, visit=visit, entries=ENTRIES, design=Design(1, 1, by_amount=False)
            )


@pytest.mark.django_db
def test_a_projected_error_enters_no_amount(world: World) -> None:
    """要領5(2)-2: it is shown on the draw alone."""
    visit = plan(world)
    made = drawn(world, visit)
    visit = report(
        world, hold(world, write_down(world, notify(world, visit), items=looked_at(made)))
    )
    finding = upheld(world, visit)
    seen = page(client_of(world.actor(Role.INSPECTOR)), made.get_absolute_url())
    sampled = sum(line.amount for line in LINES if line.key in made.content["drawn"])
    more = projected(finding.amount or 0, sampled, 55_000)
    assert more is not None
    assert more > (finding.amount or 0)
    assert f"{more:,}円" in seen
    assert Finding.objects.get().amount == 48_600
    assert f"{more:,}" not in page(client_of(world.actor(Role.DRAFTER)), finding.get_absolute_url())


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    inspector = client_of(world.actor(Role.INSPECTOR))
    visit = plan(world)

    def count() -> list[int]:
        found = []
        for url in (visit.get_absolute_url(), Draw.objects.first().get_absolute_url()):
            inspector.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert inspector.get(url).status_code == 200
            found.append(len(captured))
        return found

    for _ in range(3):
        drawn(world, visit)
    three = count()
    for _ in range(5):
        drawn(world, visit)
    assert count() == three
