"""Which clauses an application's screens and processes carry, beside its rules."""

from grants.guideline.api import Carrier

_ACTIVITIES = ("3(2)①", "3(2)②", "3(2)③", "3(2)④", "3(2)⑤", "3(2)⑥", "3(2)⑦", "3(2)⑧", "3(2)⑨")

CARRIERS = (
    Carrier("1", "ホーム、決定の通知書に名称と目的を記載", "home"),
    *(
        carrier
        for clause in _ACTIVITIES
        for carrier in (
            Carrier(clause, f"計画の取組{clause[-1]}、指標と積算内訳", "applications:index"),
            Carrier(clause, f"取組{clause[-1]}の審査", "desk:list"),
        )
    ),
    Carrier("3(2)⑩", "決定の前に、必要と認めた文書番号と日付を記録", "decisions:list"),
    Carrier("3(1)-2", "参画団体と会議の登録", "platforms:list"),
    Carrier("3(1)-2", "都道府県が選んで見せるプラットフォームの一覧", "platforms:directory"),
    Carrier("3(2)⑥", "地域協議会の公示、構成機関等と誓約の登録", "platforms:councils"),
    Carrier("4(1)①", "行政と民間の参画団体、座長、議題の提案の割合", "platforms:list"),
    Carrier("4(1)②", "参画団体の分野と、対象のライフステージ", "platforms:list"),
    Carrier("4(2)", "会議の議題と、計画で使った議題", "platforms:list"),
    Carrier("附則", "制度の値に適用日と根拠を記録", "programmes:list"),
)
