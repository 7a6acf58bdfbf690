"""Which clauses are carried by screens and processes of contractors, beside their rules."""

from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("2(2)-2", "委託先の登録と確認、契約ごとの選定の記録", "contractors:list"),
    Carrier("2(2)-4", "委託先ごとの確認の記録と有効期限", "contractors:list"),
    Carrier("2(2)-5", "委託先ごとの誓約、確認の記録と有効期限", "contractors:list"),
    Carrier("2(3)-1", "契約ごとの方法と資料", "contractors:list"),
    Carrier("2(3)-2", "随意契約の号、理由、資料", "contractors:list"),
)
