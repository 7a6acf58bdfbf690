"""The database itself refuses what no table allows, to whoever writes SQL."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from grants.filings.api import Filing, FilingState, latest_version
from portal.audit.api import Event
from portal.documents.api import Document
from portal.local.postgres import APP
from portal.workflow.api import Workflow, all_workflows
from tests.world import World, database_url

FILINGS = next(w for w in all_workflows() if w.key == "filings.application")
EDGES = set(FILINGS.edges())
STATES = sorted({state for edge in EDGES for state in edge})
MISSING = sorted(
    (source, target)
    for source in STATES
    for target in STATES
    if source != target and (source, target) not in EDGES
)


def update_state(filing: Filing, target: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE filings_filing SET state = %s WHERE id = %s", [target, str(filing.pk)]
        )


@pytest.fixture
def filing(world: World) -> Filing:
    return world.draft()


@pytest.mark.django_db
class TestEdges:
    def test_a_state_cannot_be_skipped(self, filing: Filing) -> None:
        """Each pair without a row in the table, in one test: the world is dear."""
        let_through = []
        for source, target in MISSING:
            try:
                with transaction.atomic():
                    self.move(filing, source)
                    update_state(filing, target)
                    let_through.append((source, target))
            except DatabaseError as refusal:
                assert "transition" in str(refusal)  # noqa: PT017
        assert let_through == []

    def move(self, filing: Filing, state: str) -> None:
        """Along the table's own edges, by the shortest way."""
        ways: dict[str, list[str]] = {FILINGS.initial: []}
        while state not in ways:
            for source, target in sorted(EDGES):
                if source in ways and target not in ways:
                    ways[target] = [*ways[source], target]
        for step in ways[state]:
            update_state(filing, step)

    def test_the_tables_own_edges_are_open(self, filing: Filing) -> None:
        for source, target in sorted(EDGES):
            if source == target:
                continue
            with transaction.atomic():
                self.move(filing, source)
                update_state(filing, target)
                transaction.set_rollback(True)

    @pytest.mark.parametrize("state", [s for s in FilingState.values if s != FILINGS.initial])
    def test_a_row_begins_at_the_beginning(self, filing: Filing, state: str) -> None:
        with pytest.raises(DatabaseError, match="annot insert"), transaction.atomic():
            Filing.objects.create(
                kind="application",
                programme=filing.programme,
                grantee_id=filing.grantee_id,
                state=state,
                receipt_number="2026-A-9999",
            )


@pytest.mark.django_db
@pytest.mark.parametrize("workflow", all_workflows(), ids=lambda w: w.key)
def test_every_table_has_its_two_triggers(workflow: Workflow) -> None:
    from django.apps import apps

    table = apps.get_model(workflow.model)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
            [table],
        )
        names = " ".join(row[0] for row in cursor.fetchall())
    assert "pgtrigger_edges" in names
    assert "pgtrigger_start" in names


# Each meets at least one row.
TOUCH = {
    "sealed: change": "UPDATE filings_sealedversion SET payload = '{}'",
    "sealed: other seal": "UPDATE filings_sealedversion SET sha256 = repeat('0', 64)",
    "sealed: delete": "DELETE FROM filings_sealedversion",
    "sealed: empty": "TRUNCATE filings_sealedversion CASCADE",
    "decision: change": "UPDATE awards_decision SET amount = 1",
    "decision: delete": "DELETE FROM awards_decision",
    "decision: empty": "TRUNCATE awards_decision CASCADE",
    "event: change": "UPDATE audit_event SET label = 'x'",
    "event: delete": "DELETE FROM audit_event",
    "event: empty": "TRUNCATE audit_event",
    "event: no trigger": "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "sealed: no trigger": "ALTER TABLE filings_sealedversion DISABLE TRIGGER ALL",
    "replica": "SET session_replication_role = replica",
}
# The owner of a table may empty it and take its triggers off: that is why the portal is not the owner.
OWNERS = [name for name in TOUCH if "change" in name or "delete" in name]


@pytest.mark.django_db(transaction=True)
class TestForEver:
    """security B3-22: append-only, also for the role of the running portal."""

    @pytest.fixture
    def decided(self, world: World) -> Filing:
        return world.filing("decided")

    @pytest.fixture
    def app(self, decided: Filing) -> Iterator[psycopg.Connection]:
        with psycopg.connect(database_url(APP), autocommit=True) as connection:
            yield connection

    def test_the_running_portal_changes_nothing_of_it(self, app: psycopg.Connection) -> None:
        for name, statement in TOUCH.items():
            with pytest.raises(psycopg.Error) as refusal:
                app.execute(statement)
            assert isinstance(
                refusal.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.RaiseException
            ), f"{name}: {refusal.value}"

    def test_nor_does_the_owner_by_mistake(self, decided: Filing) -> None:
        for name in OWNERS:
            with (
                pytest.raises(DatabaseError, match=r"annot (update|delete)"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(TOUCH[name])

    def test_only_the_taking_back_of_a_version_may_be_noted(self, decided: Filing) -> None:
        sealed = latest_version(decided)
        assert sealed is not None
        before = sealed.payload
        sealed.recalled_at = sealed.sealed_at
        sealed.save(update_fields=["recalled_at"])
        sealed.refresh_from_db()
        assert sealed.payload == before

    def test_what_is_kept_can_still_be_read(self, app: psycopg.Connection) -> None:
        row = app.execute("SELECT count(*) FROM audit_event").fetchone()
        assert row is not None
        assert row[0] == Event.objects.count() > 0
        assert Document.objects.exists()
