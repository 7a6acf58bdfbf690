"""THE tables of a month and of an uploaded file. Read this first."""

from portal.access.api import CONTRACTOR, Role
from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards
from .states import BatchState as B
from .states import ReportState as R

DRAFTER = frozenset({Role.DRAFTER})
RESPONSIBLE = frozenset({Role.RESPONSIBLE})
SYSTEM = frozenset({SYSTEM_ROLE})
FORMS = "grants.records.forms."

REPORT_LIFECYCLE = Workflow(
    key="records.report",
    model="records.PeriodReport",
    states=R,
    initial=R.OPEN,
    transitions=(
        Transition(
            "submit",
            "月報を提出する",
            (R.OPEN, R.SENT_BACK),
            R.SUBMITTED,
            RESPONSIBLE,
            "要領2(2)",
            guards=(guards.may_submit,),
            effects=(effects.keep_submission,),
            form=FORMS + "SubmitForm",
            notifies=("report.submitted",),
            consequence="都道府県へ提出します。提出した後は、差戻しがあるまで直せません。",
        ),
        Transition(
            "confirm",
            "確認する",
            (R.SUBMITTED,),
            R.CONFIRMED,
            DRAFTER,
            "要領2(2)",
            effects=(effects.keep_confirmation,),
            form=FORMS + "ConfirmForm",
            notifies=("report.confirmed",),
            consequence="この月の実施状況を把握し、確認したことを記録します。"
            "確認した後は、委託先もこの月の記録を直せません。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (R.SUBMITTED,),
            R.SENT_BACK,
            DRAFTER,
            "要領2(2)",
            effects=(effects.keep_return,),
            form=FORMS + "SendBackForm",
            notifies=("report.sent_back",),
            consequence="理由とともに委託先へ戻します。印を付けた行は、直すまで再び提出できません。",
        ),
        Transition(
            "correct",
            "訂正のために戻す",
            (R.CONFIRMED,),
            R.SENT_BACK,
            DRAFTER,
            "要領2(2)",
            effects=(effects.open_for_correction,),
            form=FORMS + "CorrectForm",
            notifies=("report.sent_back",),
            consequence="確認した版は残ります。委託先が直して提出すると、理由とともに新しい版になります。",
        ),
    ),
)

BATCH_LIFECYCLE = Workflow(
    key="records.batch",
    model="records.RecordBatch",
    states=B,
    initial=B.RECEIVED,
    transitions=(
        Transition(
            "finish_reading",
            "ファイルを読み取る",
            (B.RECEIVED,),
            B.READ,
            SYSTEM,
            INTERNAL,
            effects=(effects.keep_reading,),
            notifies=("batch.read",),
            is_private=True,
        ),
        Transition(
            "refuse",
            "ファイルを受け付けない",
            (B.RECEIVED,),
            B.REFUSED,
            SYSTEM,
            INTERNAL,
            effects=(effects.keep_message,),
            notifies=("batch.read",),
            is_private=True,
        ),
        Transition(
            "fail",
            "ファイルの読み取りをやめる",
            (B.RECEIVED,),
            B.FAILED,
            SYSTEM,
            INTERNAL,
            effects=(effects.keep_message,),
            notifies=("batch.read",),
            is_private=True,
        ),
        Transition(
            "recheck",
            "入力した値で再確認する",
            (B.READ, B.FAILED),
            B.RECEIVED,
            CONTRACTOR,
            INTERNAL,
            guards=(guards.month_is_open,),
            effects=(effects.read_again,),
            is_private=True,
        ),
        Transition(
            "take",
            "この内容で取り込む",
            (B.READ,),
            B.TAKEN,
            CONTRACTOR,
            "要領2(2)",
            guards=(
                guards.month_is_open,
                guards.columns_chosen,
                guards.all_mended,
                guards.all_answered,
                guards.all_decided,
            ),
            effects=(effects.take,),
            is_private=True,
        ),
        Transition(
            "abandon",
            "取込みをやめる",
            (B.RECEIVED, B.READ, B.FAILED),
            B.ABANDONED,
            CONTRACTOR,
            INTERNAL,
            effects=(effects.let_go,),
            consequence="このファイルからは何も登録しません。"
            "読み取りで個人の情報と思われたところを消して、ファイルを残します。読み取らない列は残ります。",
            is_private=True,
            is_quiet=True,
        ),
    ),
)
