"""Signing the minutes: chair and secretary, each on their own phone, the same text; then it is a paper."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import ASSEMBLY_ALLOWED, AssemblyState
from decisions.models import Assembly, MinutesSignature
from decisions.selectors.assemblies import votes_pending
from decisions.services.assemblies import lock_assembly
from decisions.services.minutes_text import text_hash, text_of
from documents.services.issue import issue_document
from documents.services.numbers import take_numbers

KIND = "meeting_minutes"


@transaction.atomic
def sign_minutes(
    *, assembly: Assembly, read_hash: str, actor: Actor, at: dt.datetime
) -> MinutesSignature:
    """Sign the text of `read_hash`, the one the person has just read; signing twice changes nothing.

    The first signature photographs the text: nothing changes it afterwards, and the second signs it
    as it stands. The second one numbers the minutes, without gap in the cohort, and issues them.
    Raises PermissionDenied for who is neither chair nor secretary, Refused: the assembly is not
    closed, one of its votes is not over, or the text is no longer the one that was read.
    """
    locked = lock_assembly(assembly)
    role = perms.minutes_role(actor, locked)
    if role is None:
        raise PermissionDenied
    mine: MinutesSignature | None = locked.signatures.filter(role=role).first()
    if mine is not None:
        return mine
    if locked.state != AssemblyState.CLOSED:
        raise Refused(_("On signe quand l’assemblée est levée."))
    if pending := votes_pending(locked):
        titles = ", ".join(one.title for one in pending)
        raise Refused(
            _(
                "Un vote de cette assemblée n’est pas fini. On signe après son résultat : %(titles)s."
            )
            % {"titles": titles}
        )
    text = text_of(locked)
    if text_hash(text) != read_hash:
        raise Refused(_("Le texte a changé depuis que tu l’as lu. Relis-le avant de signer."))
    if locked.minutes_text is None:
        locked.minutes_text = text
        locked.save(update_fields=["minutes_text"])
    signature: MinutesSignature = MinutesSignature.objects.create(
        assembly=locked,
        role=role,
        person_id=actor.person_id,
        signed_at=at,
        text_hash=read_hash,
    )
    if locked.signatures.count() == 2:
        _issue(locked, actor, at)
    return signature


def _issue(assembly: Assembly, actor: Actor, at: dt.datetime) -> None:
    cohort, day = assembly.cohort, civil_day(assembly.starts_at)
    signatures = [
        {
            "role": one.role,
            "name": one.person.civil_name,
            "signed_at": one.signed_at.isoformat(),
            "text_hash": one.text_hash,
        }
        for one in assembly.signatures.select_related("person")
    ]
    # One series a cohort, whatever the year of the host's other papers.
    number = take_numbers(
        issuer_key=cohort.host_id, series=f"PV{cohort.pk}", year=civil_day(at).year, count=1
    )[0]
    document = issue_document(
        kind=KIND,
        title=_("Procès-verbal d’assemblée"),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=None,
        snapshot={**(assembly.minutes_text or {}), "signatures": signatures},
        effect_key=f"{KIND}:{assembly.pk}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        period_from=day,
        period_to=day,
        number=number,
        actor=actor,
        at=at,
    )
    states.move(
        assembly,
        AssemblyState.SIGNED,
        allowed=ASSEMBLY_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        minutes_document=document,
    )
