"""Which clauses an application's screens and processes carry, beside its rules."""

from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("1", "ホーム、決定の通知書に名称と目的を記載", "home"),
    Carrier("3(2)①", "計画の取組①、指標と積算内訳", "applications:index"),
    Carrier("3(2)②", "計画の取組②、指標と積算内訳", "applications:index"),
    Carrier("3(2)③", "計画の取組③、指標と積算内訳", "applications:index"),
    Carrier("3(2)④", "計画の取組④、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑤", "計画の取組⑤、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑥", "計画の取組⑥、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑦", "計画の取組⑦、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑧", "計画の取組⑧、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑨", "計画の取組⑨、指標と積算内訳", "applications:index"),
    Carrier("3(2)⑩", "決定の前に、必要と認めた文書番号と日付を記録", "decisions:list"),
    Carrier("附則", "制度の値に適用日と根拠を記録", "programmes:list"),
)
