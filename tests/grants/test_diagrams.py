"""The diagrams in the READMEs are those of the tables."""

from __future__ import annotations

import pytest

from grants.contractors.lifecycle import LIFECYCLE
from grants.records.lifecycle import BATCH_LIFECYCLE, REPORT_LIFECYCLE
from portal.workflow.api import Workflow
from tests.architecture.tree import ROOT


@pytest.mark.parametrize(
    ("package", "workflow"),
    [
        ("contractors", LIFECYCLE),
        ("records", REPORT_LIFECYCLE),
        ("records", BATCH_LIFECYCLE),
    ],
    ids=lambda value: value.key if isinstance(value, Workflow) else value,
)
def test_a_diagram_is_its_table(package: str, workflow: Workflow) -> None:
    readme = (ROOT / "grants" / package / "README.md").read_text()
    assert f"```mermaid\n{workflow.diagram()}\n```" in readme
