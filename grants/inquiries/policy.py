from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import InquiryState

# Who asks for the Cabinet Office.
ASKERS = frozenset({Role.REVIEWER, Role.DECIDER, Role.PROGRAMME_MANAGER})
ANSWERERS = frozenset({Role.DRAFTER, Role.APPROVER})
_DRAFT = frozenset({InquiryState.DRAFT})
_OPEN = frozenset({InquiryState.OPEN})

ACTIONS = (
    Action("inquiries.list", "照会の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("inquiries.view", "照会と回答の表を見る", CABINET_OFFICE),
    Action("inquiries.export", "回答の表を出力する", CABINET_OFFICE),
    Action("inquiries.write", "照会を書く", ASKERS, changes=True),
    Action("inquiries.edit", "下書きの照会を直す", ASKERS, states=_DRAFT, changes=True),
    Action("inquiries.remind", "回答を催促する（照会）", ASKERS, states=_OPEN, changes=True),
    Action("inquiries.reply.view", "照会への回答を見る", PREFECTURE | CABINET_OFFICE),
)
