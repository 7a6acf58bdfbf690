"""The closed list of thirteen roles, and which kind of organisation each belongs to."""

from django.db import models


class OrganisationKind(models.TextChoices):
    PREFECTURE = "prefecture", "都道府県"
    CABINET_OFFICE = "cabinet_office", "内閣府"
    CONTRACTOR = "contractor", "委託先・補助先"
    MEMBER = "member", "参画団体"
    AUDIT_OFFICE = "audit_office", "監査委員・監査委員事務局"


class Role(models.TextChoices):
    DRAFTER = "drafter", "起案者"
    APPROVER = "approver", "決裁者"
    PREFECTURE_ADMIN = "prefecture_admin", "県管理者"
    REVIEWER = "reviewer", "審査担当"
    DECIDER = "decider", "決定権者"
    INSPECTOR = "inspector", "検査職員"
    AUDITOR = "auditor", "監査"
    PROGRAMME_MANAGER = "programme_manager", "制度管理者"
    RECORDER = "recorder", "入力担当"
    RESPONSIBLE = "responsible", "責任者"
    MEMBER = "member", "参画団体"
    READER = "reader", "閲覧者"
    SYSTEM_ADMIN = "system_admin", "システム管理者"


ROLES_OF = {
    OrganisationKind.PREFECTURE: (Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN),
    OrganisationKind.CABINET_OFFICE: (
        Role.REVIEWER,
        Role.DECIDER,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.PROGRAMME_MANAGER,
        Role.SYSTEM_ADMIN,
    ),
    OrganisationKind.CONTRACTOR: (Role.RECORDER, Role.RESPONSIBLE),
    OrganisationKind.MEMBER: (Role.MEMBER,),
    OrganisationKind.AUDIT_OFFICE: (Role.READER,),
}

PREFECTURE = frozenset(ROLES_OF[OrganisationKind.PREFECTURE])
# Read cases of every prefecture. The system administrator sees accounts and jobs, never content.
CABINET_OFFICE = frozenset(ROLES_OF[OrganisationKind.CABINET_OFFICE]) - {Role.SYSTEM_ADMIN}
CONTRACTOR = frozenset(ROLES_OF[OrganisationKind.CONTRACTOR])
EVERYONE = frozenset(Role)
