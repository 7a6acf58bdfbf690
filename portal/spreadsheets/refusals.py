"""Why a file is turned away, in words that say what to do instead."""

from __future__ import annotations

_SAVE_AGAIN = "Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"

_MESSAGES = {
    "empty": "ファイルが空です。中身のあるファイルを選び直してください。",
    "too_large": ("ファイルが{size}MBあります。{most}MB以下にするか、2つに分けてください。"),
    "wrong_type": (
        "表計算のファイルではありません（中身は{what}）。"
        "CSV、XLSX、XLSのどれかで保存したファイルを選んでください。"
    ),
    "html": f"中身がHTMLやXMLのファイルです。{_SAVE_AGAIN}",
    "encrypted": (
        "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。"
    ),
    "macros": f"マクロを含むファイルは受け付けません。{_SAVE_AGAIN}",
    "inflates": (
        "展開すると{most}MBを超えるファイルです。"
        "使っていないシートや書式を消して、保存し直してください。"
    ),
    "entries": f"ファイルの中の部品が多すぎます。画像などを消すか、{_SAVE_AGAIN}",
    "rows": "行が多すぎます（{most}行まで）。ファイルを分けてください。",
    "too_wide": (
        "使われている範囲が広すぎて読めません。表の外の値や書式を消して、保存し直してください。"
    ),
    "formulas": (
        "式や表示形式の付いたセルが多すぎます（30万個まで）。"
        "値だけを貼り付けて、保存し直してください。"
    ),
    "too_slow": (
        "読み取りに時間がかかりすぎるため、途中でやめました。"
        "必要なシートだけを残すか、ファイルを分けてください。"
    ),
    "bad_names": f"ファイルの作りが正しくありません。{_SAVE_AGAIN}",
    "damaged": f"ファイルが壊れているため読めません。{_SAVE_AGAIN}",
    "no_header": (
        "表の見出しが見つかりません。次の列のある見出しの行を付けてください：{columns}。"
    ),
    "no_sheet": (
        "次のシートがありません：{sheets}。"
        "様式をダウンロードし直すか、シートを元の名前で戻してください。"
    ),
    "no_columns": (
        "「{sheet}」のシートに、次の列がありません：{columns}。"
        "見出しを元に戻すか、様式をダウンロードし直してください。"
    ),
    "no_rows": "見出しの下に記入のある行がありません。実績を記入したファイルを選んでください。",
    "encoding": (
        "文字コードを判別できません。Excelの「CSV UTF-8（コンマ区切り）」で保存し直してください。"
    ),
    "quotes": (
        '{row}行目の引用符（"）が正しく閉じていません。'
        "CSVを直すか、「Excelブック（.xlsx）」で保存し直してください。"
    ),
}


class UploadRefusedError(Exception):
    """The file cannot be read; `message` is for the person, `code` for the records."""

    def __init__(self, code: str, **detail: str | int) -> None:
        self.code, self.detail = code, detail
        self.message = _MESSAGES[code].format_map(detail)
        super().__init__(self.message)
