from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

ACTIONS = (
    Action("platforms.view", "プラットフォームを見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "platforms.edit",
        "プラットフォームを登録する・変える",
        frozenset({Role.DRAFTER}),
        changes=True,
    ),
)
