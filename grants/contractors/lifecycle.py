"""THE tables of a contract and of an invoice under it. Read this first."""

from portal.access.api import Role
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards
from .states import ContractState as S
from .states import InvoiceState as V

BILLERS = frozenset({Role.RESPONSIBLE, Role.DRAFTER})
DRAFTER = frozenset({Role.DRAFTER})
FORMS = "grants.contractors.forms."
MONEY = "grants.contractors.money_forms."
TERMS = "grants.contractors.contract_forms."

LIFECYCLE = Workflow(
    key="contractors.contract",
    model="contractors.Contract",
    states=S,
    initial=S.DRAFT,
    transitions=(
        Transition(
            "conclude",
            "契約を登録する",
            (S.DRAFT,),
            S.IN_FORCE,
            DRAFTER,
            "要領2(2)から2(4)まで",
            guards=(guards.award_in_force, guards.work_goes_on, guards.requirements_met),
            effects=(effects.say_contract, effects.keep_what_was_asked, effects.open_evidence),
            form=FORMS + "ConcludeForm",
            notifies=("contract.concluded",),
            consequence="登録すると、契約の内容は変更できません。"
            "契約の担当者は、月ごとの活動実績を入力できるようになります。",
        ),
        Transition(
            "cancel",
            "準備中の契約を取りやめる",
            (S.DRAFT,),
            S.CANCELLED,
            DRAFTER,
            INTERNAL,
            effects=(effects.say_reason,),
            form=FORMS + "ReasonForm",
            consequence="この契約は登録しません。記録は残ります。",
            is_private=True,
            is_quiet=True,
        ),
        Transition(
            "end",
            "契約を終える",
            (S.IN_FORCE,),
            S.ENDED,
            DRAFTER,
            "要領2(2)",
            guards=(guards.period_over,),
            effects=(effects.say_reason,),
            form=FORMS + "ReasonForm",
            consequence="契約を終えたことを記録します。確認していない月報は、引き続き確認できます。",
        ),
        Transition(
            "change",
            "変更契約を記録する",
            (S.IN_FORCE,),
            S.IN_FORCE,
            DRAFTER,
            "要領2(2)",
            guards=(guards.award_in_force,),
            effects=(effects.agree_anew,),
            form=TERMS + "ChangeForm",
            notifies=("contract.changed",),
            consequence="結んだ変更契約のとおり、契約額、期間、積算内訳への充当を改めます。"
            "改める前の内容は残ります。",
        ),
        Transition(
            "terminate",
            "契約を解除する",
            (S.IN_FORCE,),
            S.TERMINATED,
            DRAFTER,
            "要領2(2)",
            effects=(effects.keep_termination,),
            form=TERMS + "TerminateForm",
            notifies=("contract.terminated",),
            consequence="解除の日より後の月報はなくなります。解除までの分は、出来高検査をして支払えます。"
            "残りの業務は、別の団体との契約で引き継げます。",
        ),
    ),
)

INVOICE_LIFECYCLE = Workflow(
    key="contractors.invoice",
    model="contractors.Invoice",
    states=V,
    initial=V.DRAFT,
    transitions=(
        Transition(
            "bill",
            "請求する",
            (V.DRAFT, V.SENT_BACK),
            V.BILLED,
            BILLERS,
            "地方自治法232条の5",
            guards=(
                guards.by_its_writer,
                guards.may_bill,
                guards.within_contract,
                guards.receipts_there,
            ),
            effects=(effects.judge_again, effects.say_invoice, effects.seal_invoice),
            notifies=("invoice.billed",),
            consequence="請求した後は、差戻しがあるまで内容を変えられません。",
        ),
        Transition(
            "accept",
            "支払を決める",
            (V.BILLED,),
            V.PAYABLE,
            DRAFTER,
            "地方自治法232条の4",
            guards=(guards.may_be_paid,),
            effects=(effects.judge_again, effects.say_invoice),
            notifies=("invoice.payable",),
            consequence="検査と契約の充当に照らして、支払うことを決めます。支出命令は財務会計の手続で行います。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (V.BILLED,),
            V.SENT_BACK,
            DRAFTER,
            INTERNAL,
            effects=(effects.keep_return,),
            form=MONEY + "ReturnForm",
            notifies=("invoice.sent_back",),
            consequence="理由とともに戻します。請求した人は、内容を直せるようになります。",
        ),
        Transition(
            "pay",
            "支払を記録する",
            (V.PAYABLE,),
            V.PAID,
            DRAFTER,
            "地方自治法232条の5",
            effects=(effects.keep_payment,),
            form=MONEY + "PaymentForm",
            notifies=("invoice.paid",),
            consequence="支払った日を記録します。計画の積算内訳ごとの支払済額に加わります。",
        ),
        Transition(
            "withdraw",
            "請求を取り下げる",
            (V.DRAFT, V.BILLED, V.SENT_BACK),
            V.WITHDRAWN,
            BILLERS,
            INTERNAL,
            guards=(guards.by_its_writer, guards.may_bill),
            effects=(effects.keep_return,),
            form=MONEY + "ReturnForm",
            consequence="この請求による支払はありません。記録は残ります。",
            is_quiet=True,
        ),
    ),
)
