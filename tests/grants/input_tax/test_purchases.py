"""Purchases from sellers without a 登録番号, on their page and in the sealed report."""

from __future__ import annotations

import pytest
from django.urls import reverse

from grants.filings.api import latest_version
from grants.input_tax.api import InputTaxReport, Purchase, start_correction
from portal.access.api import Role
from tests.grants import closing
from tests.grants.input_tax.subsidies import subsidise
from tests.grants.input_tax.test_way import confirm, fix, text_of, write
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def test_from_the_page_to_the_sealed_report(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    subsidise(world, award)
    fix(world, award)
    filing = write(world, award)
    report = InputTaxReport.objects.get(filing=filing)
    row = report.rows.exclude(contractor=None).get()
    url = reverse("input_tax:purchases", args=[report.pk, row.uid])
    drafter = client_of(world.actor(Role.DRAFTER))
    assert "まで80％、2028年9月30日" in drafter.get(url).content.decode()
    typed = {
        "form_version": report.version,
        "purchases-TOTAL_FORMS": "1",
        "purchases-INITIAL_FORMS": "0",
        "purchases-0-supplier": "まちの大工",
        "purchases-0-registered": "",
        "purchases-0-bought_on": "2026-11-02",
        "purchases-0-percent": "10",
        "purchases-0-use": "taxed_sales",
        "purchases-0-amount": "330,000",
    }
    wrong = drafter.post(url, {**typed, "purchases-0-registered": "T123"})
    assert wrong.status_code == 422
    assert "登録番号は「T」と13桁の数字で" in wrong.content.decode()
    more = drafter.post(url, {**typed, "add_row": "purchases"})
    assert more.status_code == 200
    assert not Purchase.objects.exists()
    assert drafter.post(url, typed).status_code == 302
    assert drafter.post(url, typed).status_code == 409, "somebody saved it first"
    page = drafter.get(report.get_absolute_url()).content.decode()
    assert "1件を入力済み" in page
    assert "登録番号なし、2026年11月2日の仕入れ" in page
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    assert stranger.get(url).status_code == 404
    assert client_of(world.actor(Role.APPROVER)).get(url).status_code == 403
    done = confirm(world, filing)
    sealed = latest_version(done)
    assert sealed is not None
    # 70,000 + 30,000 × 70% = 91,000; a half of it.
    assert sealed.content["returned"] == 45_500
    text = text_of("input_tax")
    assert "まちの大工" in text
    assert "30,000×7／10（登録番号なし" in text
    assert drafter.get(url).status_code == 409
    again = start_correction(actor=world.actor(Role.DRAFTER), report=report)
    copied = InputTaxReport.objects.get(filing=again).rows.exclude(contractor=None).get()
    assert [one.bought for one in copied.purchases.all()] == [
        one.bought for one in row.purchases.all()
    ]
