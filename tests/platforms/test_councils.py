"""地域協議会 (法15条, 17条, 18条): a register of its own, without a case and without a name too many."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from platforms.models import Council, CouncilBody, Oath
from platforms.rules import coordinators, notice_of
from portal.access.api import Role
from portal.audit.api import Event
from tests.world import World, client_of, ensure_cache_table

NEW: dict[str, Any] = {
    "name": "長野県孤独・孤立対策地域協議会",
    "joint_bodies": "",
    "established_on": "令和7年4月1日",
    "notice_on": "",
    "notice_number": "",
    "notice_method": "",
    "request_key": "11111111-2222-4333-8444-555555555555",
}


@pytest.mark.parametrize(
    ("bodies", "found"),
    [
        pytest.param([("甲", False, None)], (), id="法17条-none"),
        pytest.param([("甲", True, None), ("乙", False, None)], ("甲",), id="法17条-one"),
        pytest.param([("甲", True, None), ("乙", True, None)], ("甲", "乙"), id="法17条-two"),
        pytest.param(
            [("甲", True, date(2025, 4, 1)), ("乙", True, None)], ("乙",), id="法17条-after-another"
        ),
    ],
)
def test_who_coordinates_now(bodies: Any, found: tuple[str, ...]) -> None:
    assert coordinators(bodies) == found


def test_the_four_items_of_the_notice() -> None:
    """施行規則: ①設置した旨 ②名称 ③調整機関 ④構成する関係機関等."""
    notice = notice_of("協議会", ["長野県", "長野市"], [("県", False), ("社協", True)])
    assert notice.items == (
        ("設置した旨", "長野県、長野市は、孤独・孤立対策地域協議会を設置した。"),
        ("名称", "協議会"),
        ("調整機関", "社協"),
        ("構成する関係機関等", "県、社協"),
    )
    assert not notice.missing
    assert notice_of("協議会", ["長野県"], []).missing == ("構成する関係機関等",)


@pytest.fixture
def drafter(world: World) -> Client:
    ensure_cache_table()
    return client_of(world.actor(Role.DRAFTER))


@pytest.fixture
def council(drafter: Client) -> Council:
    assert drafter.post(reverse("platforms:council_create"), NEW).status_code == 302
    return Council.objects.get()


def rows(prefix: str, version: int, *values: dict[str, str]) -> dict[str, str]:
    data = {
        f"{prefix}-TOTAL_FORMS": str(len(values)),
        f"{prefix}-INITIAL_FORMS": "0",
        "form_version": str(version),
        "request_key": "11111111-2222-4333-8444-555555555555",
    }
    for number, row in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def body(name: str, **more: str) -> dict[str, str]:
    return {"name": name, "kind": "government", "left_on": "", **more}


def send(client: Client, council: Council, page: str, *values: dict[str, str]) -> Any:
    council.refresh_from_db()
    prefix = {"council_bodies": "bodies", "council_oaths": "oaths"}[page]
    url = reverse(f"platforms:{page}", args=[council.pk])
    return client.post(url, rows(prefix, council.version, *values))


@pytest.mark.django_db
def test_a_council_with_its_notice_bodies_and_oaths(drafter: Client, council: Council) -> None:
    page = drafter.get(council.get_absolute_url()).content.decode()
    assert "まだ公示を登録していません" in page
    assert (
        send(
            drafter, council, "council_bodies", body("県"), body("県社協", is_coordinator="on")
        ).status_code
        == 302
    )
    first = council.bodies.get(name="県")
    oath = {"body_id": str(first.pk), "person_name": "髙橋 一", "sworn_on": "令和7年5月1日"}
    assert send(drafter, council, "council_oaths", oath).status_code == 302
    council.refresh_from_db()
    change = {
        **NEW,
        "notice_on": "令和7年4月10日",
        "notice_number": "長野県告示第1号",
        "form_version": str(council.version),
    }
    url = reverse("platforms:council_edit", args=[council.pk])
    assert drafter.post(url, change).status_code == 302
    page = drafter.get(council.get_absolute_url()).content.decode()
    for words in ("長野県告示第1号", "髙橋 一", "調整機関（法17条）", "県、県社協"):
        assert words in page
    articles = set(
        Event.objects.filter(subject_id=str(council.pk)).values_list("article", flat=True)
    )
    assert articles == {
        "孤独・孤立対策推進法15条",
        "孤独・孤立対策推進法15条、17条",
        "孤独・孤立対策推進法18条",
    }


@pytest.mark.django_db
def test_a_second_coordinator_is_refused_by_page_and_database(
    drafter: Client, council: Council
) -> None:
    """法17条: 1つに限り."""
    two = [body(name, is_coordinator="on") for name in ("県", "県社協")]
    answer = send(drafter, council, "council_bodies", *two)
    assert answer.status_code == 409
    assert "調整機関は1つだけ指定できます" in answer.content.decode()
    assert not council.bodies.exists()
    CouncilBody.objects.create(council=council, order=1, name="甲", kind="npo", is_coordinator=True)
    with pytest.raises(IntegrityError, match="council_one_coordinator"), transaction.atomic():
        CouncilBody.objects.create(
            council=council, order=2, name="乙", kind="npo", is_coordinator=True
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"notice_on": "R7.4.10"}, "公示の番号を入力してください。"),
        ({"notice_number": "第1号"}, "公示日を入力してください。"),
        ({"established_on": "令和99年4月1日"}, "以前の日付にしてください"),
        ({"name": "山田さんの協議会"}, "個人を指すような言葉（山田さん）があります"),
    ],
)
def test_what_a_notice_needs(drafter: Client, changed: dict[str, str], message: str) -> None:
    answer = drafter.post(reverse("platforms:council_create"), {**NEW, **changed})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Council.objects.exists()


@pytest.mark.django_db
def test_who_has_sworn_is_not_taken_out(drafter: Client, council: Council) -> None:
    """法18条: the duty outlasts the work."""
    send(drafter, council, "council_bodies", body("県"))
    first = council.bodies.get()
    Oath.objects.create(body=first, order=1, person_name="髙橋 一", sworn_on=date(2025, 5, 1))
    answer = send(drafter, council, "council_bodies", body("県社協"))
    assert answer.status_code == 409
    assert "県には誓約の記録があります" in answer.content.decode()
    assert council.bodies.get() == first


@pytest.mark.django_db
def test_names_of_persons_are_the_prefectures_own(
    world: World, drafter: Client, council: Council
) -> None:
    send(drafter, council, "council_bodies", body("県"))
    Oath.objects.create(
        body=council.bodies.get(), order=1, person_name="髙橋 一", sworn_on=date(2025, 5, 1)
    )
    url = council.get_absolute_url()
    assert "髙橋 一" in client_of(world.actor(Role.APPROVER)).get(url).content.decode()
    for role in (Role.REVIEWER, Role.AUDITOR):
        page = client_of(world.actor(role)).get(url)
        assert page.status_code == 200
        assert "髙橋 一" not in page.content.decode()
        assert "従事している1人が誓約しています" in page.content.decode()
        assert client_of(world.actor(role)).get(url + "oaths/").status_code == 403
    neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
    for tail in ("", "edit/", "bodies/", "oaths/"):
        assert neighbour.get(url + tail).status_code == 404
    said = Event.objects.filter(subject_id=str(council.pk)).values_list("data", flat=True)
    assert "髙橋" not in str(list(said))
