from portal.access.api import CABINET_OFFICE, Action

# Nothing of the case changes by it: auditors, who change nothing, ask for it too.
ACTIONS = (
    Action("kits.list", "検査の資料の一覧を見る", CABINET_OFFICE),
    Action("kits.make", "検査の資料をまとめる、取り出す", CABINET_OFFICE),
)
