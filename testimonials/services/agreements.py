"""Consent use by use: given with its exact sentence, ended one by one."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.rules.ages import add_months
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from members.models import ConsentPurpose
from members.services import consents
from testimonials.enums import AREAS, AgreedHow, EndedWhy, Use, What
from testimonials.models import Agreement, Testimonial

MAX_YEARS = 3  # a consent without a near end is forgotten by both sides
_PURPOSES = {
    Use.SITE: ConsentPurpose.PUBLIC_SITE,
    Use.SOCIAL: ConsentPurpose.SOCIAL,
    Use.REPORT: ConsentPurpose.REPORT,
    Use.PRESS: ConsentPurpose.PRESS,
}


@dataclass(frozen=True, slots=True)
class Given:
    """What an author agrees to. On paper: who saw it signed, and where the sheet lies."""

    until: dt.date
    uses: Collection[str] = ()
    photo_uses: Collection[str] = ()
    how: AgreedHow = AgreedHow.PHONE
    witness: str = ""
    proof: str = ""


def check(given: Given, at: dt.datetime) -> None:
    """Raises Refused, naming the field, for an end past or too far, or a paper nobody saw signed."""
    today = civil_day(at)
    if given.until <= today:
        raise Refused(_("Choisis une date à venir."), field="consent_until")
    if given.until > add_months(today, 12 * MAX_YEARS):
        raise Refused(_("Choisis une date dans les trois ans."), field="consent_until")
    if not set(given.photo_uses) <= set(given.uses):
        raise Refused(
            _("La photo paraît avec les mots : coche d’abord l’endroit pour tes mots."),
            field="photo_uses",
        )
    if given.how == AgreedHow.PAPER and not (given.witness.strip() and given.proof.strip()):
        raise Refused(
            _("Un papier signé se note avec qui l’a vu signer, et où il est rangé."),
            field="witness",
        )


def grant(held: Testimonial, given: Given, at: dt.datetime) -> list[Agreement]:
    """Keep each use apart, with its own sentence and proof. A use already agreed to as long: nothing.

    A later end replaces the earlier agreement. The caller holds the testimonial.
    Source: C. civ. art. 9, RGPD art. 7: specific, dated, with duration and territory, withdrawable.
    """
    check(given, at)
    wanted = [(What.WORDS, use) for use in Use.values if use in given.uses]
    if held.photo:
        wanted += [(What.PHOTO, use) for use in Use.values if use in given.photo_uses]
    standing = {
        (one.what, one.use): one
        for one in Agreement.objects.open().filter(testimonial=held).select_related("consent")
    }
    made = []
    for what, use in wanted:
        before = standing.get((what, use))
        if before is not None:
            if before.consent.expires_on >= given.until:
                continue
            end([before], EndedWhy.REPLACED, at)
        made.append(_one(held, what, Use(use), given, at))
    return made


def _one(held: Testimonial, what: What, use: Use, given: Given, at: dt.datetime) -> Agreement:
    consent = consents.give(
        person=held.enrolment.person,
        purpose=ConsentPurpose.IMAGE if what == What.PHOTO else _PURPOSES[use],
        wording=wording(held.signed_as, what, use, given.until),
        expires_on=given.until,
        at=at,
    )
    made: Agreement = Agreement.objects.create(
        testimonial=held,
        what=what,
        use=use,
        area=AREAS[use],
        consent=consent,
        how=given.how,
        witness=given.witness.strip(),
        proof=given.proof.strip(),
    )
    return made


def wording(signed_as: str, what: What, use: Use, until: dt.date) -> str:
    """The exact sentence agreed to: kept with the consent, so that the proof does not change."""
    said = {
        "name": signed_as,
        "use": use.label,
        "area": AREAS[use].label,
        "day": format_day(until),
    }
    if what == What.PHOTO:
        return (
            _(
                "J’accepte que ma photo soit publiée avec mes mots signés « %(name)s », pour cet usage : "
                "%(use)s, %(area)s, jusqu’au %(day)s. Je peux la retirer à tout moment."
            )
            % said
        )
    return (
        _(
            "J’accepte que mes mots, signés « %(name)s », soient publiés, pour cet usage : %(use)s, "
            "%(area)s, jusqu’au %(day)s. Je peux les retirer à tout moment."
        )
        % said
    )


def end(agreements: Iterable[Agreement], why: EndedWhy, at: dt.datetime) -> None:
    for one in agreements:
        if why != EndedWhy.EXPIRED:
            consents.withdraw(consent=one.consent, at=at)
        Agreement.objects.open().filter(pk=one.pk).update(ended_at=at, ended_why=why)
