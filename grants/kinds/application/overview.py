"""The plan's task list: sections with their own state, amounts, and the clauses not yet met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from grants.filings.api import Filing, FilingState
from grants.guideline.api import Judgement
from grants.plans.api import (
    AmountTable,
    PlanContent,
    PlanRevision,
    delivery_label,
    read_content,
    required_amounts,
)

from .attachments import Slot, slots
from .kind import before, joined_revision, judgements


@dataclass(frozen=True, slots=True)
class Task:
    """`state` is the key of a chip; `is_copied` marks values of another year not looked at yet."""

    key: str
    title: str
    detail: str
    url: str
    state: str
    amount: int | None = None
    is_copied: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        return sum(task.state == "entered" for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the live checklist: a problem with the page where it is mended, or what is met."""

    state: str
    text: str
    remedy: str
    basis: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    groups: tuple[Group, ...]
    judgements: tuple[Judgement, ...]
    points: tuple[Point, ...]
    amounts: AmountTable
    content: PlanContent
    slots: tuple[Slot, ...]
    last_saved: Any

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def done(self) -> int:
        return sum(task.state == "entered" for task in self.tasks)

    @property
    def next_task(self) -> Task | None:
        order = {"needs_fix": 0, "in_progress": 1, "not_started": 2}
        open_tasks = [task for task in self.tasks if task.state in order]
        return min(open_tasks, key=lambda task: order[task.state], default=None)

    @property
    def copied(self) -> int:
        """Sections with values of another year that nobody has looked at yet."""
        return sum(task.is_copied for task in self.tasks)

    def count(self, state: str) -> int:
        return sum(judgement.state == state for judgement in self.judgements)

    @property
    def met(self) -> int:
        return self.count("met")

    @property
    def unmet(self) -> int:
        return self.count("unmet")

    @property
    def warnings(self) -> int:
        return self.count("warning")


def overview(filing: Filing) -> Overview:
    """A fixed number of queries, whatever the number of activities and lines."""
    revision = joined_revision(filing)
    content = read_content(revision)
    given = slots(filing)
    found = judgements(filing, content, given)
    saved = {section.key: section for section in revision.sections.all()}
    blocked = {
        problem.address.partition("/")[0]
        for judgement in found
        if judgement.blocks
        for problem in judgement.problems
    }
    typed = [section for section in saved.values() if section.saved_at]
    last = max(typed, key=lambda s: s.saved_at.timestamp() if s.saved_at else 0, default=None)
    states = _States(revision, saved, blocked, filing.state)
    return Overview(
        groups=_groups(filing, content, states, given),
        judgements=tuple(found),
        points=tuple(checkpoints(filing, found)),
        amounts=required_amounts(content, filing.programme.terms(), before(filing).told.decided),
        content=content,
        slots=tuple(given),
        last_saved=last,
    )


def checkpoints(filing: Filing, found: list[Judgement]) -> list[Point]:
    points = []
    for one in found:
        basis = one.requirement.basis
        if one.is_met:
            points.append(Point("met", one.requirement.demand, one.evidence, basis))
        for problem in one.problems:
            url = place_url(filing, problem.address)
            points.append(Point(one.state, problem.message, problem.remedy, basis, url))
    return points


def place_url(filing: Filing, address: str) -> str:
    """The page on which the place of an address is typed."""
    section, _, rest = address.partition("/")
    if section == "attachments":
        return reverse("applications:attachments", args=[filing.pk])
    if section == "activities":
        return reverse("plans:activities", args=[filing.revision_id])
    page = reverse("plans:section", args=[filing.revision_id, section])
    uid, _, name = rest.partition("/")
    if uid or name == "lines":
        return f"{page}#part-lines"
    return f"{page}#part-indicators" if name == "indicators" else f"{page}#id_{name}"


class _States:
    def __init__(
        self, revision: PlanRevision, saved: dict[str, Any], blocked: set[str], state: str
    ) -> None:
        self.revision, self.saved, self.blocked = revision, saved, blocked
        self.is_waiting = state == FilingState.AWAITING_APPROVAL

    def of(self, key: str, *, has_content: bool = False) -> str:
        """未着手, 入力中, 要修正 (a value that cannot be read), 入力済み (saved, nothing blocks),
        決裁待ち (all of it, while the approver has it)."""
        section = self.saved.get(key)
        if self.is_waiting:
            return "awaiting_approval"
        if section is not None and section.problems:
            return "needs_fix"
        if section is None and not has_content:
            return "not_started"
        if key in self.blocked:
            return "in_progress"
        return "entered" if section is None or section.is_checked else "in_progress"

    def is_copied(self, key: str) -> bool:
        section = self.saved.get(key)
        return section is not None and section.is_copied

    def url(self, key: str) -> str:
        return reverse("plans:section", args=[self.revision.pk, key])


def _groups(
    filing: Filing, content: PlanContent, states: _States, given: list[Slot]
) -> tuple[Group, ...]:
    activities = tuple(
        Task(
            a.section,
            a.title,
            f"{delivery_label(a.deliveries)}　{a.name}",
            states.url(a.section),
            states.of(a.section, has_content=bool(a.content)),
            a.amount,
            states.is_copied(a.section),
        )
        for a in content.activities
    )
    incomes = Task(
        "incomes",
        "収入と予算措置",
        "寄附金その他の収入、都道府県の負担分の予算",
        states.url("incomes"),
        states.of("incomes", has_content=bool(content.incomes or content.budget_measure)),
        is_copied=states.is_copied("incomes"),
    )
    return (
        Group("目指す姿と体制", _frame_tasks(content, states)),
        Group(f"取組（{len(activities)}つを選択）", activities),
        Group("収入と添付", (incomes, _attachments_task(filing, given))),
    )


def _frame_tasks(content: PlanContent, states: _States) -> tuple[Task, ...]:
    platform = content.platform
    return (
        Task(
            "basics",
            "申請者と期間",
            content.applicant_title or "申請者、事業の期間、担当",
            states.url("basics"),
            states.of("basics", has_content=bool(content.applicant_title)),
            is_copied=states.is_copied("basics"),
        ),
        Task(
            "vision",
            "目指す姿",
            "現状と課題、目指す姿、確かめる方法",
            states.url("vision"),
            states.of("vision", has_content=bool(content.vision)),
            is_copied=states.is_copied("vision"),
        ),
        Task(
            "platform",
            "地方版官民連携プラットフォーム",
            platform.name or "名称、設置の形、参画団体、議論した会議",
            states.url("platform"),
            states.of("platform", has_content=bool(platform.name)),
            sum(line.amount or 0 for line in platform.lines),
            states.is_copied("platform"),
        ),
    )


def _attachments_task(filing: Filing, given: list[Slot]) -> Task:
    missing = sum(slot.is_missing for slot in given)
    files = sum(len(slot.documents) for slot in given)
    return Task(
        "attachments",
        "添付資料",
        f"{files}点を追加済み" + (f"　必要な資料があと{missing}点" if missing else ""),
        reverse("applications:attachments", args=[filing.pk]),
        "entered" if not missing else "in_progress" if files else "not_started",
    )
