"""Each part as HTML: what it says, what it links, and that its ids meet."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from portal.audit.api import Entry
from portal.ui import chips
from portal.ui.api import (
    Fact,
    LongTextField,
    PortalForm,
    RowForm,
    UploadField,
    YenField,
    row_formset,
)
from portal.ui.parts import segments


def html(source: str, **values: Any) -> str:
    rendered = Template(source).render(Context(values))
    assert "style=" not in rendered, "the content policy forbids inline styles"
    return re.sub(r"[ \n]+", " ", rendered)


class Sample(PortalForm):
    title = forms.CharField(label="事業の名称", help_text="40字まで。")
    amount = YenField(label="交付申請額")
    memo = LongTextField(label="備考", max_length=5, required=False)
    mode = forms.ChoiceField(
        label="実施方法", choices=[("a", "直営"), ("b", "委託")], widget=forms.RadioSelect
    )
    chart = UploadField(label="体制図", extensions=("pdf",), required=False)
    sure = forms.BooleanField(label="確かめました", help_text="条件を読んでから。")


class Line(RowForm):
    price = YenField(label="単価")


Lines = row_formset(Line, title="積算内訳", extra=0)
LINES = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-price": "読めない"}


def test_a_field_has_label_mark_help_and_control() -> None:
    out = html("{% field form.title %}", form=Sample())
    assert '<label class="field__label" for="id_title">事業の名称<span class="field__req">' in out
    assert 'id="id_title-help">40字まで。' in out
    assert 'aria-describedby="id_title-help"' in out
    assert 'class="input"' in out
    assert " required" in out


@pytest.mark.parametrize("name", Sample.base_fields)
def test_what_describes_a_field_is_there(name: str) -> None:
    out = html("{% field bound %}", bound=Sample({"memo": "六文字ですよ", "amount": "？"})[name])
    for ids in re.findall(r'aria-describedby="([^"]+)"', out):
        for described_by in ids.split():
            assert f'id="{described_by}"' in out


def test_a_wrong_field_keeps_its_text_and_says_what_to_do() -> None:
    out = html("{% field form.amount %}", form=Sample({"amount": "一千万"}))
    assert 'value="一千万"' in out
    assert 'aria-invalid="true"' in out
    assert '<p class="field__error">交付申請額：' in out
    assert "円</span>" in out


def test_a_read_field_says_what_was_read() -> None:
    out = html("{% field form.amount %}", form=Sample({"amount": "１２円"}))
    assert '<p class="field__note">全角の数字を半角にしました。</p>' in out
    assert "field__note" not in html("{% field form.amount %}", form=Sample())


def test_a_counter_starts_where_the_text_is() -> None:
    out = html("{% field form.memo %}", form=Sample({"memo": "あ\r\n𠮷"}))
    assert 'data-counts="id_memo" data-limit="5">3／5字' in out
    assert "is-over" in html("{% field form.memo %}", form=Sample({"memo": "六文字です。"}))


def test_choices_stand_in_a_fieldset() -> None:
    out = html("{% field form.mode %}", form=Sample({}))
    assert '<fieldset class="field" id="id_mode" aria-describedby="id_mode-error">' in out
    assert '<label class="choice" for="id_mode_0"><input type="radio"' in out
    assert "aria-invalid" not in out


def test_a_single_box_is_labelled_by_its_sentence() -> None:
    out = html("{% field form.sure mark=False %}", form=Sample())
    assert '<small id="id_sure-help">条件を読んでから。</small>' in out
    assert "※必須" not in out


@pytest.mark.parametrize(
    ("previous", "words"), [("居場所8か所", "居場所8か所"), ("", "前年度の値なし")]
)
def test_the_previous_value_stands_beside(previous: str, words: str) -> None:
    source = '{% field form.title previous=previous previous_label="令和7年度" %}'
    out = html(source, form=Sample(), previous=previous)
    assert f"<dt>令和7年度</dt><dd>{words}</dd>" in out
    assert "field-pair" not in html("{% field form.title %}", form=Sample())


def test_the_form_of_a_library_speaks_like_ours() -> None:
    class Theirs(forms.Form):
        code = forms.CharField(
            label="コード",
            widget=forms.TextInput(attrs={"placeholder": "Code", "autocomplete": "one-time-code"}),
        )

    out = html("{% error_summary form %}{% field form.code %}", form=Theirs({}))
    assert "placeholder" not in out
    assert "code-input" in out
    assert out.count("コードを入力してください。") == 2


def test_the_summary_links_every_problem_to_its_place() -> None:
    form, lines = Sample({}), Lines(LINES)
    out = html('{% error_summary form lines note="保存しました。" %}', form=form, lines=lines)
    assert 'role="alert" tabindex="-1"' in out
    assert "直すところが5か所あります" in out
    for target in ("id_title", "id_amount", "id_mode_0", "id_sure", "id_form-0-price"):
        assert f'href="#{target}"' in out
    assert html("{% error_summary form %}", form=Sample()).strip() == ""


def test_the_title_says_that_there_are_problems() -> None:
    assert html("{% error_prefix form %}", form=Sample({})) == "エラー："
    assert html("{% error_prefix form %}", form=Sample()) == ""


def test_a_cell_is_named_by_its_row_and_its_error_stands_below() -> None:
    lines = Lines(LINES)
    out = html("{% cell lines.forms.0.price %}{% cell_errors lines %}", lines=lines)
    assert 'aria-label="積算内訳 1行目の単価"' in out
    assert 'aria-describedby="id_form-0-price-error"' in out
    assert '<p class="field__error" id="id_form-0-price-error">積算内訳 1行目の単価：' in out


def test_deleted_rows_travel_unseen() -> None:
    lines = Lines(LINES | {"delete_row": "form-0"})
    out = html("{% hidden_fields lines %}", lines=lines)
    assert 'name="form-TOTAL_FORMS" value="1"' in out
    assert '<input type="hidden" name="form-0-DELETE" value="on">' in out
    assert html("{% hidden_fields form %}", form=PortalForm(version=3)).count("hidden") == 1


def test_a_chip_has_a_word_and_a_tone() -> None:
    assert '<span class="chip chip--approval">決裁待ち</span>' in html(
        '{% chip "awaiting_approval" %}'
    )
    assert "chip--s" in html('{% chip "draft" size="s" %}')
    assert '<span class="shape shape--met">満たす</span>' in html('{% chip "met" %}')
    assert '<span class="done">入力済み</span>' in html('{% chip "entered" %}')
    assert ">未確認 4件<" in html('{% chip "check" label="未確認 4件" %}')


def test_a_state_without_words_is_a_fault() -> None:
    with pytest.raises(LookupError, match="nowhere"):
        html('{% chip "nowhere" %}')
    with pytest.raises(ValueError, match="draft"):
        chips.register(draft=chips.Chip("別の言葉"))


def test_old_and_new_are_words_not_colours() -> None:
    out = html('{% old_new "9,100" "8,960" %}')
    assert '<del class="was">9,100</del><ins class="now">8,960</ins>' in out
    assert html('{% old_new "同じ" "同じ" %}').strip() == "同じ"


def test_facts_mark_what_changed_and_what_is_the_total() -> None:
    items = [("方法", "委託"), ("理由", "新", "旧"), Fact("計", "10", is_total=True)]
    out = html('{% data_list items variant="amounts" %}', items=items)
    assert out.count('class="changed"') == 1
    assert '<div class="facts__total"><dt>計</dt>' in out


def test_a_timeline_takes_events_of_the_audit_log() -> None:
    entry = Entry(
        seq=1,
        when=datetime(2026, 3, 11, 7, 20, tzinfo=UTC),
        what="承認して提出する",
        who="長野県 宮澤 誠一（決裁者）",
        note="理由：期限のため",
        basis="適正化法5条",
        is_internal=False,
    )
    out = html(
        "{% timeline entries small=True %}", entries=[entry, {"what": "決定", "state": "ahead"}]
    )
    assert "3月11日 16時20分" in out
    assert "理由：期限のため" in out
    assert "根拠：適正化法5条" in out
    assert '<li class="is-ahead">' in out


def test_steps_say_where_one_is() -> None:
    out = html("{% steps items %}", items=[("下書き", "", "done"), ("提出", "いま", "current")])
    assert "全2段階中の2段階目です。" in out
    assert 'aria-current="step"' in out
    with pytest.raises(ValueError, match="finished"):
        html("{% steps items %}", items=[("下書き", "", "finished")])


@pytest.mark.parametrize(
    ("amounts", "total", "lengths"),
    [
        ([(50, "a"), (25, "b")], 100, ["50.0%", "25.0%"]),
        ([(0, "a"), (10, "b")], 100, ["10.0%"]),
        ([(90, "a"), (20, "b")], 100, ["90.0%", "10.0%", "2%"]),
        ([(1, "a")], 0, ["2%"]),
        ([], 100, []),
    ],
)
def test_a_bar_never_lies_by_its_length(amounts: Any, total: int, lengths: list[str]) -> None:
    assert [segment.length for segment in segments(amounts, total)] == lengths


def test_a_banner_has_a_word_for_its_picture() -> None:
    out = html('{% banner "warning" "締切まであと3日です" %}<p>17時まで</p>{% endbanner %}')
    assert 'aria-label="警告"' in out
    assert "<p>17時まで</p>" in out
    with pytest.raises(TemplateSyntaxError):
        html('{% banner "danger" "x" %}{% endbanner %}')


def test_text_from_people_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    source = (
        '{% banner "info" bad %}{{ bad }}{% endbanner %}{% empty_state bad bad %}{% chip "draft" label=bad %}'
        '{% button bad %}{% confirm bad bad %}{% endconfirm %}{% old_new bad "x" %}{% timeline entries %}'
        "{% data_list facts %}{% table_wrap bad %}{% endtable_wrap %}{% progress 1 2 bad %}"
    )
    out = html(source, bad=bad, entries=[{"what": bad, "note": bad}], facts=[(bad, bad)])
    assert "<script>" not in out


def test_a_button_is_a_link_where_it_has_an_address() -> None:
    assert '<a class="button button--outline" href="/x/">見る</a>' in html(
        '{% button "見る" url="/x/" %}'
    )
    out = html('{% button "削除" size="xs" name="delete_row" value="form-0" about="（1行目）" %}')
    assert 'type="submit" name="delete_row" value="form-0"' in out
    assert '<span class="vh">（1行目）</span>' in out


def test_a_pager_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/list/?q=髙&page=2")
    page = Paginator(range(30), 10).page(2)
    out = html("{% pager page %}", page=page, request=request)
    assert 'href="?q=%E9%AB%99&amp;page=1"' in out
    assert 'href="?q=%E9%AB%99&amp;page=3"' in out
    assert html("{% pager page %}", page=Paginator([], 10).page(1), request=request).strip() == ""


def test_a_breadcrumb_ends_with_the_page_itself() -> None:
    class Page:
        home_url = "/"

    out = html('{% breadcrumb "決定" "/decisions/" "長野県" %}', page=Page)
    assert '<a href="/decisions/">決定</a>' in out
    assert '<span aria-current="page">長野県</span>' in out
    with pytest.raises(TemplateSyntaxError):
        html('{% breadcrumb "決定" "長野県" %}', page=Page)
