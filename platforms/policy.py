from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

READERS = PREFECTURE | CABINET_OFFICE

ACTIONS = (
    Action("platforms.view", "プラットフォームを見る", READERS | {Role.MEMBER}),
    Action("platforms.history", "プラットフォームの変更の経過を見る", READERS),
    Action(
        "platforms.edit",
        "プラットフォームを登録する・変える",
        frozenset({Role.DRAFTER}),
        changes=True,
    ),
)
