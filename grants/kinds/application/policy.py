from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

ACTIONS = (
    Action("applications.list", "計画・申請の一覧を見る", PREFECTURE),
    Action("applications.start", "申請の作成を始める", frozenset({Role.DRAFTER}), changes=True),
    Action(
        "applications.hand_in",
        "議決後の資料を提出する",
        frozenset({Role.DRAFTER}),
        states=frozenset(
            {
                FilingState.SUBMITTED,
                FilingState.UNDER_REVIEW,
                FilingState.REVIEWED,
                FilingState.DECIDED,
            }
        ),
        changes=True,
    ),
    Action(
        "applications.print_draft",
        "下書きを印刷する",
        frozenset({Role.DRAFTER, Role.APPROVER}),
        states=frozenset({FilingState.DRAFT, FilingState.RETURNED, FilingState.AWAITING_APPROVAL}),
        changes=True,
    ),
    Action("reviews.read", "審査の画面を見る", CABINET_OFFICE),
    Action("decisions.list", "決定の一覧を見る", CABINET_OFFICE),
    Action("decisions.notices", "通知書の一覧を見る", CABINET_OFFICE),
    Action(
        "awards.correct",
        "訂正を通知する",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
    Action(
        "decisions.batch",
        "まとめて決定する",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
    Action(
        "awards.approve_other",
        "⑩を必要と認める",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
)
