"""Which clauses the months and their records carry."""

from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("2(2)-3", "月ごとの実績の提出と確認、未確認の月の一覧", "records:overview"),
    Carrier("3(2)⑦", "月ごとの記録（居場所、相談、つなぎ）", "records:overview"),
    Carrier("3(2)⑧", "月ごとの記録（支援した団体）", "records:overview"),
)
