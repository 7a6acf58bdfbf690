"""Which clauses are carried by screens of chains, beside their rules."""

from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("2(2)-2", "再委託の承諾願、承諾書、団体ごとの確認", "subcontracts:list"),
    Carrier("2(2)-5", "再委託先ごとの確認と有効期限の予告", "subcontracts:list"),
)
