import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.identifiers import (
    complete_local_government_code,
    corporate_check_digit,
    is_corporate_number,
    is_local_government_code,
    read_corporate_number,
    read_document_number,
    read_invoice_number,
    read_local_government_code,
)


@pytest.mark.parametrize(
    "code",
    ["010006", "130001", "270008", "470007", "271004", "011002", "141003", "132012", "133086"],
)
def test_known_local_government_codes(code: str) -> None:
    assert complete_local_government_code(code[:5]) == code
    assert is_local_government_code(code)


@given(st.from_regex(r"(0[1-9]|[1-3][0-9]|4[0-7])[0-9]{3}", fullmatch=True), st.integers(0, 5))
def test_one_changed_digit_never_passes_as_the_same_body(five: str, place: int) -> None:
    code = complete_local_government_code(five)
    changed = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    assert changed != code
    if place == 5:
        assert not is_local_government_code(changed)


def test_five_digits_are_completed_and_said() -> None:
    reading = read_local_government_code("１３３０８")
    assert reading.value == "133086"
    assert reading.notes[-1] == "5桁の団体コードを6桁の133086にしました。"


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("132013", "132012の誤りでないか"),
        ("990001", "01から47"),
        ("1234", "6桁の数字"),
        ("東京都", "6桁の数字"),
    ],
)
def test_wrong_local_government_codes(text: str, instruction: str) -> None:
    assert instruction in (read_local_government_code(text).problem or "")


@pytest.mark.parametrize(
    "number", ["7000012050002", "2000012010019", "7123456789012", "8000020130001"]
)
def test_known_corporate_numbers(number: str) -> None:
    assert is_corporate_number(number)
    assert (
        read_corporate_number(f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}").value
        == number
    )


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_computed_number_is_valid(base: str) -> None:
    assert is_corporate_number(corporate_check_digit(base) + base)


@pytest.mark.parametrize(
    ("text", "instruction"),
    [("2000012010018", "検査数字"), ("200001201001", "13桁"), ("T2000012010019", "13桁")],
)
def test_wrong_corporate_numbers(text: str, instruction: str) -> None:
    assert instruction in (read_corporate_number(text).problem or "")


def test_computing_from_wrong_digits_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="twelve"):
        corporate_check_digit("1")
    with pytest.raises(ValueError, match="five"):
        complete_local_government_code("1")


def test_invoice_numbers_are_checked_for_form_alone() -> None:
    assert read_invoice_number("Ｔ２００００１２０１００１９").value == "T2000012010019"
    assert read_invoice_number("T1234567890123").is_ok
    assert "T" in (read_invoice_number("2000012010019").problem or "")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("府孤推第７号", "府孤推第7号"),
        ("府孤推第 7 号", "府孤推第7号"),
        ("平成20年府会第393号", "平成20年府会第393号"),
        ("令和６年府孤推第７号", "令和6年府孤推第7号"),
        ("４地福第１０号の２", "4地福第10号の2"),
    ],
)
def test_document_numbers_have_one_key(text: str, key: str) -> None:
    number = read_document_number(text).value
    assert number is not None
    assert number.key == key
    assert number.original == text


@pytest.mark.parametrize("text", ["第7号", "府孤推7", "府孤推第号", "7"])
def test_what_is_no_document_number(text: str) -> None:
    assert "府孤推第７号" in (read_document_number(text).problem or "")


@pytest.mark.parametrize(
    "read",
    [read_local_government_code, read_corporate_number, read_invoice_number, read_document_number],
)
def test_blank_is_no_problem(read) -> None:
    assert read("　").is_blank
