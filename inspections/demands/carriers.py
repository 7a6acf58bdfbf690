from grants.guideline.api import Carrier

CARRIERS = (Carrier("5(1)-1", "報告の徴求、団体ごとの報告、期限の延長、督促", "demands:list"),)
