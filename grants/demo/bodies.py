"""What the demo says of a contractor and of its contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BodyStory:
    """A body with who works for it: (name, sign-in) of its 入力担当 and its 責任者."""

    name: str
    kana: str
    body_type: str
    number: str
    representative: str
    address: str
    recorder: tuple[str, str]
    responsible: tuple[str, str]
    signs_in: bool = False


@dataclass(frozen=True)
class ContractStory:
    """`last_months` are the states of the last months that have begun; those before are confirmed.

    `venues` are those of a 居場所; other types have rows of their own.
    """

    title: str
    number: str
    type_code: str
    amount: int
    method: str
    selection: str
    venues: tuple[tuple[str, str, str], ...]
    last_months: tuple[str, ...]
    ground: str = ""
    ground_reason: str = ""
    same_person: bool = False
