"""処分制限期間 by class, as a year has it until its own list is entered.

Years of 減価償却資産の耐用年数等に関する省令（昭和40年大蔵省令第15号）別表第一・別表第三, in whose place the
minister's own notice stands once it is confirmed.
"""

SOURCE = "減価償却資産の耐用年数等に関する省令（昭和40年大蔵省令第15号）別表の例による（確認待ち）"

# code, class, years
LIVES: tuple[tuple[str, str, int], ...] = (
    ("furniture-metal", "事務机・いす・キャビネット（主として金属製）", 15),
    ("furniture-other", "事務机・いす・キャビネット（その他）", 8),
    ("cooling", "冷房用・暖房用機器", 6),
    ("kitchen", "電気冷蔵庫・調理用機器", 6),
    ("computer", "パーソナルコンピュータ（サーバー用を除く）", 4),
    ("server", "その他の電子計算機", 5),
    ("copier", "複写機・印刷機", 5),
    ("audio", "テレビ・音響機器", 5),
    ("camera", "カメラ・映写機", 5),
    ("sign", "看板・掲示板（金属製以外）", 3),
    ("car-small", "小型車（総排気量0.66L以下）", 4),
    ("car", "その他の自動車", 6),
    ("software", "ソフトウェア（その他）", 5),
    ("other", "その他の器具・備品（主として金属製）", 10),
)
