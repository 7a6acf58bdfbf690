from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("5(1)-2", "立入検査の計画、通知、証票、調べたものの記録、結果の通知", "visits:list"),
    Carrier("5(1)-3", "立入検査の質問と、答えた人の記録", "visits:list"),
)
