"""Every form speaks in the same way, and carries what a service needs to refuse a stale one."""

import uuid

import pytest
from django import forms
from django.http import QueryDict

from portal.ui.api import PortalForm, RowForm, YenField, row_formset

CHOICES = [("a", "委託"), ("b", "直営")]


class Sample(PortalForm):
    title = forms.CharField(label="事業の名称", max_length=5)
    mode = forms.ChoiceField(label="実施方法", choices=CHOICES)
    sure = forms.BooleanField(label="条件を確かめました。")
    mail = forms.EmailField(label="連絡先")
    count = forms.IntegerField(label="件数", max_value=9)
    own = forms.CharField(label="備考", error_messages={"required": "備考が要ります。"})


class Keyed(PortalForm):
    has_request_key = True


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("title", "", "事業の名称を入力してください。"),
        ("title", "あいうえおか", "事業の名称は、5字以内にしてください。いまは6字です。"),
        ("title", "a\0", "事業の名称に、使えない文字が入っています。消してください。"),
        ("mode", "", "実施方法を選んでください。"),
        ("mode", "z", "実施方法は、一覧から選び直してください。"),
        ("sure", "", "「条件を確かめました」に印を付けてください。"),
        ("mail", "a", "連絡先は、name@example.lg.jp の形で入力してください。"),
        ("count", "a", "件数は、整数で入力してください。"),
        ("count", "10", "件数は、9以下で入力してください。"),
        ("own", "", "備考が要ります。"),
    ],
)
def test_errors_name_the_field_and_say_what_to_do(name: str, typed: str, words: str) -> None:
    assert Sample({name: typed}).errors[name] == [words]


def test_a_place_stands_before_the_name() -> None:
    form = Sample({}, place="積算内訳 3行目")
    assert form.errors["title"] == ["積算内訳 3行目の事業の名称を入力してください。"]


def test_the_version_that_was_seen_comes_back() -> None:
    form = PortalForm({"form_version": "7"}, version=9)
    assert form.is_valid()
    assert form.seen_version == 7
    assert 'value="7"' in str(form["form_version"])


@pytest.mark.parametrize("sent", ["", "x", "-1"])
def test_a_version_that_was_lost_asks_to_reload(sent: str) -> None:
    form = PortalForm({"form_version": sent}, version=9)
    assert "読み込み直してから" in form.errors["form_version"][0]


def test_each_page_has_a_key_of_its_own_and_sends_it_back() -> None:
    assert Keyed()["request_key"].value() != Keyed()["request_key"].value()
    key = uuid.uuid4()
    form = Keyed({"request_key": str(key)})
    assert form.is_valid()
    assert form.request_key == key


class Line(RowForm):
    item = forms.CharField(label="細目")
    price = YenField(label="単価")


Lines = row_formset(Line, title="積算内訳", extra=0, least=1, most=4)


def sent(*rows: dict[str, str], **more: str) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"} | more
    for n, row in enumerate(rows):
        data |= {f"form-{n}-{name}": value for name, value in row.items()}
    return data


GOOD = {"item": "謝金", "price": "9,300円"}
EMPTY = {"item": "", "price": ""}


def test_rows_are_read_and_empty_ones_left_out() -> None:
    uid = str(uuid.uuid4())
    lines = Lines(sent(GOOD | {"uid": uid}, EMPTY | {"uid": str(uuid.uuid4())}))
    assert lines.is_valid(), lines.errors
    assert lines.filled == [{"item": "謝金", "price": 9300, "uid": uuid.UUID(uid)}]


def test_a_row_names_itself_in_its_errors() -> None:
    lines = Lines(sent(GOOD, {"item": "会場", "price": ""}))
    assert not lines.is_valid()
    assert lines.forms[1].errors["price"] == ["積算内訳 2行目の単価を入力してください。"]


def test_a_table_says_how_many_rows_it_needs() -> None:
    lines = Lines(sent(EMPTY))
    assert not lines.is_valid()
    assert lines.non_form_errors() == ["積算内訳を1行以上入力してください。"]


def test_adding_a_row_keeps_what_was_typed_and_stores_nothing() -> None:
    lines = Lines(sent({"item": "会場", "price": "読めない"}, add_row="form"))
    assert lines.is_row_action
    assert len(lines.rows) == 2
    assert lines.rows[0]["price"].value() == "読めない"
    assert 'name="form-TOTAL_FORMS" value="2"' in str(lines.counts)
    lines.forget_errors()
    assert not any(form.errors for form in lines.forms)


def test_the_button_of_another_table_adds_nothing_here() -> None:
    lines = Lines(sent(GOOD, add_row="others"))
    assert not lines.is_row_action
    assert len(lines.rows) == 1


def test_no_more_rows_than_the_most() -> None:
    lines = Lines(sent(GOOD, GOOD, GOOD, GOOD, add_row="form"))
    assert len(lines.rows) == 4


def test_a_deleted_row_disappears_and_the_others_count_on() -> None:
    uid = uuid.uuid4()
    lines = Lines(
        sent(
            {"item": "謝金", "price": "?", "uid": str(uid)},
            {"item": "会場", "price": ""},
            delete_row="form-0",
        )
    )
    assert lines.is_row_action
    assert [row.number for row in lines.rows] == [1]
    assert lines.rows[0].errors["price"] == ["積算内訳 1行目の単価を入力してください。"]
    assert [row.prefix for row in lines.deleted_rows] == ["form-0"]
    assert lines.deleted_uids == [uid]


def test_a_post_as_the_server_gets_it_is_read_the_same() -> None:
    data = QueryDict(mutable=True)
    data.update(sent(GOOD, GOOD, delete_row="form-0"))
    lines = Lines(data)
    assert lines.is_valid(), lines.errors
    assert [row["price"] for row in lines.filled] == [9300]


def test_a_row_deleted_before_stays_deleted() -> None:
    lines = Lines(sent(EMPTY | {"DELETE": "on"}, GOOD))
    assert not lines.is_row_action
    assert lines.is_valid(), lines.errors
    assert len(lines.filled) == 1


def test_the_row_that_a_script_copies_carries_both_marks() -> None:
    empty = Lines(prefix="lines").empty_form
    assert 'name="lines-__prefix__-item"' in str(empty["item"])
    assert empty.place == "積算内訳 __number__行目"
