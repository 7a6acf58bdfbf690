"""Whatever is done to the log behind the portal's back, the verifier finds it and says where.

security B3-19: a changed byte, a deleted row, a swapped pair, a cut tail, a false signature.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from portal.audit import chain
from portal.audit.api import Event, record, verify, write_anchor
from portal.audit.models import Head
from portal.core.actor import system
from portal.prefectures.api import Prefecture
from tests.workflow.races import at_once, failures

SUBJECT = Prefecture(code="20", name="長野県", kana="ながのけん")
COUNT = 12


def write(number: int, **data: Any) -> Event:
    with transaction.atomic():
        return record(
            system("a test"), "tests.note", f"記録{number}", SUBJECT, data={"n": number, **data}
        )


def tamper(*statements: str) -> None:
    """As a superuser could: without the triggers."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


@pytest.fixture(autouse=True)
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_ANCHOR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def log(db: None) -> None:
    for number in range(1, COUNT + 1):
        write(number)


def rewrite_head(seq: int) -> None:
    last = Event.objects.get(seq=seq)
    Head.objects.filter(pk=1).update(seq=last.seq, hash=last.hash)


@pytest.mark.usefixtures("log")
class TestFound:
    def test_a_sound_chain_has_no_fault(self) -> None:
        write_anchor()
        assert verify() == []
        call_command("verify_audit")

    @pytest.mark.parametrize(
        "change",
        [
            "label = '記録5 '",
            "data = jsonb_set(data, '{n}', '6')",
            "at = at + interval '1 microsecond'",
            "actor_name = actor_name || '‎'",
            "article = '適正化法6条'",
            "visibility = 'organisation'",
            "ip = '127.0.0.2'",
            "actor_role = 'auditor'",
            "subject_id = '21'",
            "hash = reverse(hash)",
            "prev_hash = reverse(prev_hash)",
        ],
        ids=lambda change: change.split(" =")[0],
    )
    def test_one_changed_byte(self, change: str) -> None:
        tamper(f"UPDATE audit_event SET {change} WHERE seq = 5")
        faults = verify()
        assert faults
        assert faults[0].seq == 5

    def test_one_changed_byte_with_its_hash_made_to_fit(self) -> None:
        tamper("UPDATE audit_event SET label = '別の記録' WHERE seq = 5")
        event = Event.objects.get(seq=5)
        tamper(
            f"UPDATE audit_event SET hash = '{chain.digest(event.prev_hash, event)}' WHERE seq = 5"
        )
        assert [fault.seq for fault in verify()] == [6], "the next one still names the old hash"

    @pytest.mark.parametrize("seq", [1, 5, COUNT])
    def test_one_deleted_row(self, seq: int) -> None:
        tamper(f"DELETE FROM audit_event WHERE seq = {seq}")
        faults = verify()
        assert faults
        assert faults[0].seq == seq

    def test_the_last_row_with_the_head_rewritten(self) -> None:
        """Only what is kept outside the database shows it."""
        write_anchor()
        tamper(f"DELETE FROM audit_event WHERE seq = {COUNT}")
        rewrite_head(COUNT - 1)
        (fault,) = verify()
        assert fault.seq == COUNT
        assert "署名して保管した" in fault.what

    def test_a_swapped_pair(self) -> None:
        tamper(
            "UPDATE audit_event SET seq = 1005 WHERE seq = 5",
            "UPDATE audit_event SET seq = 5 WHERE seq = 6",
            "UPDATE audit_event SET seq = 6 WHERE seq = 1005",
        )
        assert {5, 6} <= {fault.seq for fault in verify()}

    def test_an_inserted_row(self) -> None:
        write(COUNT + 1)
        tamper(f"UPDATE audit_event SET prev_hash = hash WHERE seq = {COUNT + 1}")
        assert verify()[0].seq == COUNT + 1

    def test_a_chain_written_anew_from_some_row_on(self) -> None:
        """Every hash fits; an older signed head does not."""
        write_anchor()
        tamper("UPDATE audit_event SET label = '別の記録' WHERE seq = 9")
        prev = Event.objects.get(seq=8).hash
        for event in Event.objects.filter(seq__gte=9).order_by("seq"):
            mended = chain.digest(prev, event)
            tamper(
                f"UPDATE audit_event SET prev_hash = '{prev}', hash = '{mended}' "
                f"WHERE seq = {event.seq}"
            )
            event.prev_hash, prev = prev, mended
        rewrite_head(COUNT)
        faults = verify()
        assert faults
        assert any("署名して保管した" in fault.what for fault in faults)

    @pytest.mark.parametrize("what", ["number", "hash", "day", "key"])
    def test_an_anchor_with_a_wrong_signature(
        self, what: str, anchors: Path, settings: Any
    ) -> None:
        path = write_anchor()
        day, seq, head, mark = path.read_text().split()
        if what == "key":
            settings.AUDIT_ANCHOR_KEY = "another"
        else:
            changed = {
                "number": f"{day} {int(seq) - 1} {head} {mark}\n",
                "hash": f"{day} {seq} {head[::-1]} {mark}\n",
                "day": f"2020-01-01 {seq} {head} {mark}\n",
            }
            path.write_text(changed[what])
        assert any("署名が合いません" in fault.what for fault in verify())

    @pytest.mark.parametrize(
        "line", ["", "x", "2026-04-01 7", "2026-04-01 seven aa bb", "a b c d e f"]
    )
    def test_an_anchor_that_is_no_anchor(self, line: str, anchors: Path) -> None:
        (anchors / "2026-04-01.anchor").write_text(line + "\n")
        assert any("署名が合いません" in fault.what for fault in verify())

    def test_the_command_says_where_and_fails(self, capsys: pytest.CaptureFixture[str]) -> None:
        tamper("DELETE FROM audit_event WHERE seq = 5")
        with pytest.raises(CommandError):
            call_command("verify_audit")
        assert "5番" in capsys.readouterr().err


def test_an_event_belongs_to_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(system("a test"), "tests.note", "記録", SUBJECT)


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_make_one_chain() -> None:
    """security B3-20: no fork, no gap."""

    def many() -> None:
        for number in range(8):
            write(number)

    assert failures(at_once(*[many] * 16)) == []
    assert Event.objects.count() == 16 * 8
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_event_and_no_gap() -> None:
    write(1)
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    write(3)
    assert list(Event.objects.order_by("seq").values_list("seq", "label")) == [
        (1, "記録1"),
        (2, "記録3"),
    ]
    assert verify() == []
