"""The pages of the ground floor, empty and filled: every variable they name is there."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Invitation, Membership, Organisation, User, actor_for
from portal.audit.api import record
from portal.documents.models import Document
from portal.notifications.api import Notice

pytestmark = pytest.mark.django_db


def wear(user: User, office: Organisation, role: Role) -> Client:
    """Signed in and holding this role alone."""
    Membership.objects.filter(user=user).delete()
    Membership.objects.create(user=user, organisation=office, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def shop() -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind.CONTRACTOR, name="あずみのテラス")


def test_the_people_of_an_office(person: User, shop: Organisation) -> None:
    client = wear(person, shop, Role.RESPONSIBLE)
    assert "招待中の人はいません" in client.get("/people/members/").content.decode()
    Invitation.objects.create(
        organisation=shop,
        role=Role.RECORDER,
        email="takizawa@example.jp",
        name="滝沢 美咲",
        token_hash="x",
        expires_at=timezone.now() + timezone.timedelta(days=3),
    )
    page = client.get("/people/members/").content.decode()
    assert "滝沢 美咲" in page
    assert "髙橋 直人" in page


def test_the_inbox(person: User, office: Organisation) -> None:
    client = wear(person, office, Role.REVIEWER)
    assert "お知らせはありません" in client.get("/notices/").content.decode()
    notice = Notice.objects.create(
        key="a",
        organisation=office,
        roles=[Role.REVIEWER],
        title="提出がありました",
        text="長野県\n第1版",
        url="/help/",
        sender_name="長野県",
    )
    page = client.get("/notices/").content.decode()
    assert "<b>未読</b>" in page
    assert '<span class="count">1' in page
    assert client.post(f"/notices/{notice.pk}/")["Location"] == "/help/"
    assert "<b>未読</b>" not in client.get("/notices/").content.decode()


@pytest.mark.parametrize("state", ["queued", "ready", "failed"])
def test_a_paper_in_every_state(person: User, office: Organisation, state: str) -> None:
    client = wear(person, office, Role.REVIEWER)
    assert "書類はまだありません" in client.get("/documents/").content.decode()
    paper = Document.objects.create(
        key="a",
        origin="generated",
        kind="application",
        title="交付申請書",
        state="queued",
        subject_type="x",
        subject_id="1",
        payload_hash="ab" * 32,
    )
    if state != "queued":
        finished = {"sha256": "cd" * 32, "size": 48 * 1024, "pages": 3}
        Document.objects.filter(pk=paper.pk).update(state=state, **finished)
    paper.readers.add(office)
    page = client.get("/documents/").content.decode()
    assert "交付申請書" in page
    assert ("48KB" in page) == (state == "ready")
    if state != "ready":
        assert client.get(f"/documents/{paper.pk}/").status_code == 202


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("ab" * 32, "このポータルから発行された書類の識別値です"),
        ("cd" * 32, "この識別値の書類はありません"),
        ("ef" * 32, "この識別値の書類はありません"),
        ("短い", "64文字で入力してください。"),
        ("", "書類の確認"),
    ],
    ids=["issued", "unknown", "draft-nobody-issued", "malformed", "empty"],
)
def test_a_seal_is_asked_for(asked: str, words: str) -> None:
    """Whoever asks, and without signing in: whether, when and by whom, and nothing more."""
    for seal, issuer in (("ab", "長野県"), ("ef", "")):
        Document.objects.create(
            key=seal,
            origin="generated",
            kind="application",
            title="交付申請書の名称",
            state="queued",
            subject_type="x",
            subject_id="1",
            payload_hash=seal * 32,
            issued_by=issuer,
        )
    page = Client().get("/documents/verify/", {"seal": asked}).content.decode()
    assert words in page
    assert ("長野県" in page) == (asked == "ab" * 32)
    assert ("発行 " in page) == (asked == "ab" * 32)
    assert "交付申請書の名称" not in page


def test_the_log_and_its_check(person: User, office: Organisation) -> None:
    client = wear(person, office, Role.AUDITOR)
    membership = Membership.objects.get(user=person)
    record(actor_for(membership), "portal.test", "差し戻す", membership)
    page = client.get("/audit/").content.decode()
    assert "差し戻す" in page
    assert "当てはまる操作はありません" in client.get("/audit/?q=存在しない").content.decode()
    assert "検証する" in client.get("/audit/verify/").content.decode()
    assert "異常はありません" in client.post("/audit/verify/").content.decode()
