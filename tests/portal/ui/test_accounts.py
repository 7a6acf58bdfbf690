"""The pages of the sign-in library are ours: in our frame, in Japanese, without a stray word."""

import re

import pytest
from django.test import Client

from portal.accounts.api import User

pytestmark = pytest.mark.django_db
OPEN = (
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-2/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
    "/account/confirm-email/x/",
    "/account/inactive/",
    "/account/signup/",
)
OWN = (
    "/account/logout/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/mfa/",
    "/account/mfa/reauthenticate/",
)
LATIN_SENTENCE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}")


def words_of(page: str) -> str:
    body = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]+>", " ", body)


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_strangers(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert "事務ポータル</title>" in page
    assert page.count("<h1") == 1
    assert not LATIN_SENTENCE.search(words_of(page))


@pytest.mark.parametrize("path", OWN)
def test_pages_for_people(signed_in: Client, person: User, path: str) -> None:
    person.set_password("長い合い言葉を使っています")
    person.save()
    signed_in.force_login(person)
    page = signed_in.get(path, follow=True).content.decode()
    assert page.count("<h1") == 1
    assert not LATIN_SENTENCE.search(words_of(page))


def test_signing_in_asks_by_name_and_tells_strangers_nothing(client: Client) -> None:
    page = client.post("/account/login/", {"login": "", "password": ""}).content.decode()
    assert page.count("メールアドレスを入力してください。") == 2
    unknown = client.post("/account/login/", {"login": "a@example.jp", "password": "x" * 15})
    assert "直すところが1か所あります" in unknown.content.decode()


def test_a_session_that_ran_out_says_so(client: Client) -> None:
    session = client.session
    session["expired"] = True
    session.save()
    assert "30分操作がなかったか" in client.get("/account/login/").content.decode()
