"""What a transition of a contract does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.documents.api import Document

from .judging import EVIDENCE
from .models import Contract

Data = Mapping[str, Any]


def say_contract(contract: Contract, actor: Actor, data: Data) -> None:
    data["_said"]["委託先"] = contract.contractor.name
    data["_said"]["契約額"] = format_yen(contract.amount)
    data["_said"]["契約の方法"] = contract.get_method_display()
    data["_said"]["選定と確認"] = "都道府県が責任を持って行ったことを確認"


def open_evidence(contract: Contract, actor: Actor, data: Data) -> None:
    """The Cabinet Office reads the papers of a concluded contract."""
    Document.objects.of_subject(contract).filter(kind=EVIDENCE).update(is_filed=True)


def say_reason(contract: Contract, actor: Actor, data: Data) -> None:
    data["_said"]["理由"] = data["reason"]
