"""文書番号 for many acts at once: pasted as a list, counted on from a first one, or counted here."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.identifiers import DocumentNumber, read_document_number


class NumbersWrong(ValueError):
    """What is wrong with the numbers, line by line, and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(self.problems))


def read_list(text: str, names: Sequence[str]) -> list[DocumentNumber]:
    """One line a body, in the order of `names`; the body's name may stand before its number.

    Raises NumbersWrong with every line that is not a number, is another body's, or comes twice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != len(names):
        raise NumbersWrong(
            [
                f"文書番号が{len(lines)}行あります。{len(names)}団体に1行ずつ、{len(names)}行にしてください。"
            ]
        )
    numbers: list[DocumentNumber] = []
    problems = []
    seen: dict[str, int] = {}
    for place, (line, name) in enumerate(zip(lines, names, strict=True), start=1):
        bare = line.removeprefix(name).strip("\t 　,、:：")
        other = next((one for one in names if one != name and line.startswith(one)), None)
        reading = read_document_number(bare)
        if other is not None and not line.startswith(name):
            problems.append(f"{place}行目は{other}の番号です。{name}の番号を並べてください。")
        elif reading.value is None:
            problems.append(
                f"{place}行目（{name}）：{reading.problem or '文書番号を入力してください。'}"
            )
        elif reading.value.key in seen:
            problems.append(
                f"{place}行目（{name}）の「{bare}」は、{seen[reading.value.key]}行目と同じ番号です。"
            )
        else:
            seen[reading.value.key] = place
            numbers.append(reading.value)
    if problems:
        raise NumbersWrong(problems)
    return numbers


def count_on(first: DocumentNumber, count: int) -> list[DocumentNumber]:
    """府孤推第101号, 府孤推第102号 …: as many as there are bodies."""
    found = [
        read_document_number(f"{first.body}第{first.number + n}号").value for n in range(count)
    ]
    return [number for number in found if number is not None]
