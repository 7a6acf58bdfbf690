"""Registering a contractor, recording its checks, preparing a contract, inviting its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.awards.api import Award
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Invitation, Membership, Organisation, invite
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach

from .judging import EVIDENCE, check_papers_asked
from .models import (
    Contract,
    ContractActivity,
    Contractor,
    ContractPerson,
    EligibilityCheck,
    EvidencePaper,
)
from .planned import planned_activities
from .rules import eligibility_reasons, finding_reasons, papers_missing, papers_there
from .states import CheckKind, CheckResult, ContractState

_MEGABYTE = 1024 * 1024


def register_contractor(
    *,
    actor: Actor,
    corporate_number: str,
    values: Mapping[str, Any],
    grantee_id: UUID | None = None,
) -> Contractor:
    """A body with a number is found or made under it; one without is always a new organisation.

    It is the acting prefecture's, unless another is named. Raises Refused when this prefecture has it already, or the number is an office's own.
    """
    with transaction.atomic():
        organisation = _organisation(corporate_number, values)
        try:
            with transaction.atomic():
                contractor = Contractor.objects.create(
                    grantee_id=grantee_id or actor.organisation_id,
                    organisation=organisation,
                    **values,
                )
        except IntegrityError:
            raise Refused(
                [
                    f"法人番号{corporate_number}の団体は、もう登録されています。一覧から選んでください。"
                ]
            ) from None
        record(
            actor,
            "contractors.register",
            "委託先を登録する",
            contractor,
            article="要領2(2)",
            visibility=Visibility.ORGANISATION,
        )
    return contractor


def _organisation(number: str, values: Mapping[str, Any]) -> Organisation:
    known = Organisation.objects.filter(corporate_number=number).first() if number else None
    if known is None:
        return Organisation.objects.create(
            kind=OrganisationKind.CONTRACTOR,
            name=values["name"],
            kana=values["kana"],
            address=values["address"],
            representative=values["representative"],
            corporate_number=number,
        )
    if known.kind != OrganisationKind.CONTRACTOR:
        raise Refused(
            ["この法人番号の団体は、委託先・補助先として登録できません。番号を確かめてください。"]
        )
    return known


def edit_contractor(
    *, actor: Actor, contractor: Contractor, seen_version: int, values: Mapping[str, Any]
) -> None:
    """Raises Stale when someone else saved first."""
    with transaction.atomic():
        locked = Contractor.objects.select_for_update().get(pk=contractor.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        record(
            actor,
            "contractors.edit",
            "委託先の登録を変える",
            locked,
            visibility=Visibility.ORGANISATION,
        )


def record_check(
    *,
    actor: Actor,
    contractor: Contractor,
    kind: str,
    result: str,
    pledged_on: date | None,
    reviewer: str,
    reviewed_on: date,
    expires_on: date,
    reason: str,
    evidence: UploadedFile | None = None,
    pledge: UploadedFile | None = None,
    source: str = "",
) -> EligibilityCheck:
    """要領2(2): a finding with who, when, until when and why. Its papers stay in the prefecture.

    Raises Refused for a negative one without what the programme asks for on this day.
    """
    asked = check_papers_asked()[kind]
    missing = papers_missing(asked, papers_there(pledged_on, evidence, source))
    reasons = [reason for _, reason in finding_reasons(kind, result, missing)]
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        check = EligibilityCheck.objects.create(
            contractor=contractor,
            kind=kind,
            result=result,
            pledged_on=pledged_on,
            pledge=_check_paper(actor, contractor, f"check:{kind}:pledge", pledge),
            source=source,
            asked_for=sorted(asked),
            reviewer=reviewer,
            reviewed_on=reviewed_on,
            expires_on=expires_on,
            reason=reason,
            evidence=_check_paper(actor, contractor, f"check:{kind}", evidence),
            recorded_by_id=actor.user_id,
        )
        record(
            actor,
            "contractors.check",
            "除外団体でないことの確認を記録する",
            contractor,
            article="要領2(2)",
            data={
                "said": {"確認": CheckKind(kind).label, "結果": CheckResult(result).label},
            },
            visibility=Visibility.ORGANISATION,
        )
    return check


def _check_paper(
    actor: Actor, contractor: Contractor, kind: str, upload: UploadedFile | None
) -> Document | None:
    if upload is None:
        return None
    return attach(actor=actor, upload=upload, kind=kind, subject=contractor, limits=Limits())


def prepare_contract(
    *,
    actor: Actor,
    contractor: Contractor,
    award: Award,
    activities: Iterable[UUID],
    values: Mapping[str, Any],
) -> Contract:
    """A draft. Raises Refused for a body without valid negative findings (要領2(2))."""
    with transaction.atomic():
        # The lock keeps a finding from being overtaken between the check and the contract.
        Contractor.objects.select_for_update().get(pk=contractor.pk)
        fresh = Contractor.objects.prefetch_related("checks").get(pk=contractor.pk)
        reasons = eligibility_reasons(fresh.findings(), values["signed_on"])
        if reasons:
            raise Refused([f"{reason}（要領2(2)）" for reason in reasons])
        contract = Contract.objects.create(contractor=fresh, award=award, **values)
        _choose_activities(contract, activities)
        record(
            actor,
            "contractors.prepare",
            "契約を準備する",
            contract,
            case_id=contract.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return contract


def edit_contract(
    *,
    actor: Actor,
    contract: Contract,
    seen_version: int,
    activities: Iterable[UUID],
    values: Mapping[str, Any],
) -> None:
    """While it is being prepared. Raises Refused and Stale."""
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if locked.state != ContractState.DRAFT:
            raise Refused(["登録した内容は変更できません。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        locked.activities.all().delete()
        _choose_activities(locked, activities)
        record(
            actor,
            "contractors.edit_contract",
            "契約の内容を変える",
            locked,
            case_id=locked.case_id,
            visibility=Visibility.ORGANISATION,
        )


def _choose_activities(contract: Contract, uids: Iterable[UUID]) -> None:
    chosen = set(uids)
    ContractActivity.objects.bulk_create(
        ContractActivity(
            contract=contract,
            activity_uid=planned.uid,
            type_code=planned.type_code,
            name=planned.name,
        )
        for planned in planned_activities(contract.award)
        if planned.uid in chosen
    )


def add_evidence(
    *, actor: Actor, contract: Contract, upload: UploadedFile, names: Iterable[str] = ()
) -> Document:
    """`names`: which of the papers that the method asks for the file holds (要領2(3)).

    Raises ValidationError for what cannot be taken.
    """
    terms = contract.award.programme.terms()
    papers = Document.objects.of_subject(contract).filter(kind=EVIDENCE)
    limits = Limits(
        file_bytes=terms.file_limit_mb * _MEGABYTE,
        total_bytes=terms.filing_limit_mb * _MEGABYTE,
        already_bytes=sum(papers.values_list("size", flat=True)),
    )
    with transaction.atomic():
        paper = attach(actor=actor, upload=upload, kind=EVIDENCE, subject=contract, limits=limits)
        EvidencePaper.objects.bulk_create(
            (EvidencePaper(contract=contract, document=paper, name=name) for name in names),
            ignore_conflicts=True,
        )
    return paper


def invite_person(
    *,
    actor: Actor,
    contract: Contract,
    role: str,
    email: str,
    name: str,
    sub_body: Organisation | None = None,
    activity_uids: Iterable[UUID] = (),
) -> Invitation:
    """A person of the body, or of another to which these activities were passed on, for this
    contract alone. Raises Refused."""
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        waiting = ContractPerson.objects.waiting().filter(
            contract=locked, role=role, invitation__email=email.lower()
        )
        if waiting.exists():
            raise Refused(["このアドレスには、もう招待を送っています。"])
        invitation = invite(
            actor=actor,
            organisation=sub_body or contract.contractor.organisation,
            role=role,
            email=email,
            name=name,
        )
        ContractPerson.objects.create(
            contract=locked,
            role=role,
            invitation=invitation,
            sub_body=sub_body,
            activity_uids=list(activity_uids),
        )
    return invitation


def limit_people(contract: Contract, body: Organisation, activity_uids: Iterable[UUID]) -> None:
    """What people of another body may record of the contract from now on; without any, nothing."""
    people = ContractPerson.objects.standing().filter(contract=contract, sub_body=body)
    uids = list(activity_uids)
    if uids:
        people.update(activity_uids=uids)
    else:
        people.update(ended_at=timezone.now())


def candidates(contract: Contract, actor: Actor) -> list[Membership]:
    """Members of the body who are not yet on the contract in that role: whom its 責任者 may add."""
    there = {
        (person.user_id or (person.invitation and person.invitation.accepted_by_id), person.role)
        for person in contract.people.standing().of_party().select_related("invitation")
    }
    members = (
        Membership.objects.for_user(actor)
        .in_force()
        .filter(role__in=(Role.RECORDER, Role.RESPONSIBLE))
        .select_related("user")
        .order_by("user__name", "role")
    )
    return [member for member in members if (member.user_id, member.role) not in there]


def add_person(*, actor: Actor, contract: Contract, membership: Membership) -> ContractPerson:
    """Puts a colleague on the contract; asking twice is the same as once."""
    with transaction.atomic():
        person, created = ContractPerson.objects.get_or_create(
            contract=contract, user_id=membership.user_id, role=membership.role, ended_at=None
        )
        if created:
            record(
                actor,
                "contractors.add_person",
                "契約の担当者を加える",
                contract,
                case_id=contract.case_id,
                data={
                    "said": {"担当者": f"{membership.user.name}（{membership.get_role_display()}）"}
                },
                visibility=Visibility.ORGANISATION,
            )
    return person


def is_responsible(contract: Contract, actor: Actor) -> bool:
    """The actor is 責任者 of this contract, not only of some other one of the same body."""
    people = ContractPerson.objects.of(actor).filter(contract=contract, role=Role.RESPONSIBLE)
    return actor.role == Role.RESPONSIBLE and people.exists()
