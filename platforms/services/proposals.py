"""What members that sign in may do."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Invitation, Organisation, invite
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Refused

from ..models import AgendaProposal, Member, Platform
from .saving import PLATFORM_ARTICLE, create


def give_account(*, actor: Actor, member: Member, name: str, email: str) -> Invitation:
    """Invites a person of the body. Each prefecture's member is an organisation of its own: a
    number alone lets nobody in where another prefecture has opened a door. Raises Refused."""
    with transaction.atomic():
        locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if locked.left_on is not None and locked.left_on < timezone.localdate():
            raise Refused(["参画を終えた団体には、アカウントを渡せません。"])
        if locked.organisation is None:
            locked.organisation = Organisation.objects.create(
                kind=OrganisationKind.MEMBER,
                name=locked.name,
                prefecture=locked.platform.owner.prefecture,
            )
            locked.version += 1
            locked.save(update_fields=["organisation", "version"])
        invitation = invite(
            actor=actor,
            organisation=locked.organisation,
            role=Role.MEMBER,
            email=email,
            name=name,
        )
        record(
            actor,
            "platforms.member.account",
            "参画団体にアカウントを渡す",
            locked,
            article=PLATFORM_ARTICLE,
        )
    return invitation


def own_membership(actor: Actor, platform: Platform) -> Member | None:
    """The body for which this person of a member acts in the platform."""
    own = platform.members.filter(organisation_id=actor.organisation_id)
    found: Member | None = own.active(timezone.localdate()).order_by("joined_on", "pk").first()
    return found


def propose(
    *, actor: Actor, platform: Platform, title: str, reason: str, request_key: UUID | None = None
) -> AgendaProposal:
    """Raises Refused for a body that takes part no longer."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        member = own_membership(actor, platform)
        if member is None:
            raise Refused(["参画している団体だけが提案できます。"])
        return create(
            AgendaProposal(platform=platform, member=member, title=title, reason=reason),
            request_key,
            platform,
            actor=actor,
            verb="platforms.propose",
            label="議題を提案する",
            said={"議題": title},
            article="要領4(1)①",
        )
