from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

READERS = PREFECTURE | CABINET_OFFICE
_WRITERS = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("platforms.view", "プラットフォームを見る", READERS | {Role.MEMBER}),
    Action("platforms.history", "プラットフォームの変更の経過を見る", READERS),
    Action("platforms.edit", "プラットフォームを登録する・変える", _WRITERS, changes=True),
    Action(
        "platforms.account",
        "参画団体にアカウントを渡す",
        frozenset({Role.PREFECTURE_ADMIN}),
        changes=True,
        steps_up=True,
    ),
    Action("platforms.propose", "議題を提案する", frozenset({Role.MEMBER}), changes=True),
    Action("platforms.directory", "ほかのプラットフォームを探す", READERS),
    Action("platforms.councils", "地域協議会を見る", READERS),
    Action("platforms.councils.edit", "地域協議会を登録する・変える", _WRITERS, changes=True),
)
