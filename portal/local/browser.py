"""A browser as small as the smoke test needs: pages, forms, cookies; no JavaScript."""

import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError

SECONDS_PER_PAGE = 30


class UnexpectedPage(Exception):
    """The page is not what the step needs; the message says which page and what was missing."""


@dataclass
class Form:
    """A form as the page has it: where it goes, and every field with the value it starts with."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    address: str
    status: int
    html: str
    forms: tuple[Form, ...]
    links: tuple[tuple[str, str], ...]

    def form_with(self, *names: str) -> Form:
        """The first form that has all these fields. Raises UnexpectedPage."""
        for form in self.forms:
            if all(name in form.fields for name in names):
                return form
        raise UnexpectedPage(f"{self.address} has no form with {', '.join(names)}.")

    def form_to(self, ending: str) -> Form:
        """The first form whose address ends so. Raises UnexpectedPage."""
        for form in self.forms:
            if urllib.parse.urlsplit(form.action).path.endswith(ending):
                return form
        raise UnexpectedPage(f"{self.address} has no form to …{ending}.")

    def link(self, words: str) -> str:
        """The address behind the first link with these words in it. Raises UnexpectedPage."""
        for address, text in self.links:
            if words in text:
                return address
        raise UnexpectedPage(f"{self.address} has no link “{words}”.")


class Browser:
    """One person's session; redirects are followed."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def open(self, path: str) -> Page:
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.address, path)))  # noqa: S310

    def submit(
        self,
        form: Form,
        values: Mapping[str, str] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Page:
        """Sends the form with what it holds, changed by `values`; files as (name, content)."""
        fields = {**form.fields, **(values or {})}
        if form.method == "get":
            return self.open(f"{form.action}?{urllib.parse.urlencode(fields)}")
        if files:
            kind, body = _multipart(fields, files)
        else:
            kind = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(form.action, data=body, headers={"Content-Type": kind})  # noqa: S310
        return self._send(request)

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=SECONDS_PER_PAGE) as answer:
                return _page(answer.url, answer.status, answer.read())
        except HTTPError as answer:
            with answer:
                return _page(answer.url or request.full_url, answer.code, answer.read())


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._open_form: Form | None = None
        self._open_text: str | None = None
        self._select: str | None = None
        self._link: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urllib.parse.urljoin(self.address, given.get("action", ""))
            self._open_form = Form(action, given.get("method", "get").lower())
            self.forms.append(self._open_form)
        elif tag == "a" and "href" in given:
            self._link, self._words = urllib.parse.urljoin(self.address, given["href"]), []
        elif self._open_form is not None:
            self._handle_field(tag, given, self._open_form)

    def _handle_field(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
            form.fields.setdefault(name, "")
        elif tag == "option" and self._select:
            if "selected" in given or not form.fields[self._select]:
                form.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._open_text = name
            form.fields[name] = ""
        elif tag == "input" and name and "disabled" not in given:
            if given.get("type") in {"checkbox", "radio"}:
                if "checked" in given:
                    form.fields[name] = given.get("value", "on")
            elif given.get("type") != "submit":
                form.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open_text is not None and self._open_form is not None:
            self._open_form.fields[self._open_text] += data
        if self._link is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open_form = None
        elif tag == "textarea":
            self._open_text = None
        elif tag == "select":
            self._select = None
        elif tag == "a" and self._link is not None:
            self.links.append((self._link, "".join(self._words).strip()))
            self._link = None


def _page(address: str, status: int, body: bytes) -> Page:
    html = body.decode(errors="replace")
    reader = _Reader(address)
    reader.feed(html)
    return Page(address, status, html, tuple(reader.forms), tuple(reader.links))


def _multipart(
    fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
) -> tuple[str, bytes]:
    boundary = uuid.uuid4().hex
    lines: list[bytes] = []
    for name, value in fields.items():
        if name not in files:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            lines += [head.encode(), value.encode(), b"\r\n"]
    for name, (filename, content) in files.items():
        head = (
            f"--{boundary}\r\nContent-Disposition: form-data; "
            f'name="{name}"; filename="{filename}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n"
        )
        lines += [head.encode(), content, b"\r\n"]
    lines.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(lines)
