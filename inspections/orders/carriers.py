from grants.guideline.api import Carrier

CARRIERS = (
    Carrier(
        "5(2)-2",
        "措置の命令（中止、変更、適合）、理由と期限、命令書、履行の報告と確認、取消しへの移行",
        "orders:list",
    ),
)
