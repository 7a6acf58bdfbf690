from __future__ import annotations

from portal.access.api import Action

from .states import HANDLERS, READERS

ACTIONS = (
    Action("scans.list", "署名・押印済みの写しの一覧を見る", READERS),
    Action("scans.view", "署名・押印済みの写しを見る", READERS),
    Action("scans.upload", "署名・押印済みの写しを選ぶ", HANDLERS, changes=True),
)
