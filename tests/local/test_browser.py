"""The smoke test's small browser: fields as a page has them, forms as a person sends them."""

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from portal.local.browser import Browser, UnexpectedPage, _page

PAGE = """
<a href="/plans/1/">事業計画 <b>を開く</b></a>
<form action="/search/"><input name="q" value="東京"></form>
<form method="post" action="/save/">
 <input type="hidden" name="csrfmiddlewaretoken" value="abc">
 <input name="title" value="居場所 &amp; 相談"><input type="submit" name="no" value="送る">
 <input type="checkbox" name="agree" value="yes"><input type="checkbox" name="kept" checked>
 <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
 <select name="month"><option value="4">4月</option><option value="5" selected>5月</option></select>
 <textarea name="reason">はい
いいえ</textarea><input name="off" value="x" disabled>
</form>
"""


def test_fields_hold_what_the_page_shows() -> None:
    page = _page("http://127.0.0.1/here/", 200, PAGE.encode())
    form = page.form_with("title", "csrfmiddlewaretoken")
    assert (form.action, form.method) == ("http://127.0.0.1/save/", "post")
    assert form.fields == {
        "csrfmiddlewaretoken": "abc",
        "title": "居場所 & 相談",
        "kept": "on",
        "kind": "b",
        "month": "5",
        "reason": "はい\nいいえ",
    }
    assert page.form_to("/search/").fields == {"q": "東京"}
    assert page.link("を開く") == "http://127.0.0.1/plans/1/"


@pytest.mark.parametrize(
    "ask",
    [lambda p: p.form_with("nothing"), lambda p: p.form_to("/away/"), lambda p: p.link("消す")],
    ids=["form_with", "form_to", "link"],
)
def test_what_is_missing_is_named_with_its_page(ask) -> None:
    page = _page("http://127.0.0.1/here/", 200, PAGE.encode())
    with pytest.raises(UnexpectedPage, match="/here/"):
        ask(page)


class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(f"{self.path} {self.headers.get('Cookie', '')}", cookie="session=1")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(body.decode())

    def answer(self, text: str, cookie: str = "") -> None:
        self.send_response(404 if self.path == "/gone/" else 200)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments: object) -> None:
        """Quiet: the test looks at the answers."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_cookies_stay_with_their_browser(address: str) -> None:
    browser = Browser(address)
    browser.open("/")
    assert browser.open("/a/").html == "/a/ session=1"
    assert Browser(address).open("/a/").html == "/a/ "


def test_a_page_that_is_not_there_is_a_page_too(address: str) -> None:
    assert Browser(address).open("/gone/").status == 404


def test_forms_are_sent_with_their_fields(address: str) -> None:
    form = _page(f"{address}/", 200, PAGE.encode()).form_with("title")
    sent = parse_qs(Browser(address).submit(form, {"title": "新"}).html)
    assert sent["title"] == ["新"]
    assert sent["month"] == ["5"]
    search = _page(f"{address}/", 200, PAGE.encode()).form_with("q")
    assert Browser(address).submit(search).address.endswith("/search/?q=%E6%9D%B1%E4%BA%AC")


def test_files_are_sent_beside_them(address: str) -> None:
    form = _page(f"{address}/", 200, PAGE.encode()).form_with("title")
    sent = Browser(address).submit(form, files={"file": ("記録.csv", b"a,b")}).html
    assert 'name="title"' in sent
    assert 'name="file"; filename="記録.csv"' in sent
    assert "a,b" in sent
