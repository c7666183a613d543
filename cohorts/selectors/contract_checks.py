"""What a contract still lacks before it is issued, in the words that pages say and services refuse with."""

from django.utils.translation import gettext as _

from cohorts.models import Contract
from cohorts.rules.contract_points import missing_points, numbers_of
from cohorts.rules.contract_terms import EligibilityFault, eligibility_faults


def eligibility_sentence(fault: EligibilityFault) -> str:
    return {
        EligibilityFault.BIRTH_UNKNOWN: _("sa date de naissance manque"),
        EligibilityFault.TOO_YOUNG: _(
            "moins de 16 ans au premier jour : ce contrat est impossible"
        ),
        EligibilityFault.MINOR_REFUSED: _(
            "moins de 18 ans au premier jour, et les réglages ne prennent pas de mineurs"
        ),
        EligibilityFault.NO_CONSENT: _(
            "l’accord écrit des titulaires de l’autorité parentale manque"
        ),
        EligibilityFault.NOT_ASKED: _("demander si un emploi l’occupe à temps complet"),
        EligibilityFault.FULL_TIME: _(
            "un emploi l’occupe à temps complet : un CAPE est impossible (Code de commerce, L127-1)"
        ),
    }[fault]


def points_sentence(contract: Contract) -> str:
    """What the eight points still lack; "" when they are all answered. One query, unless prefetched."""
    answers = {point.number: point.answer for point in contract.points.all()}
    missing = missing_points(answers)
    if not missing:
        return ""
    return _("points à compléter : %(numbers)s") % {"numbers": numbers_of(missing)}


def faults_of(contract: Contract, minors_allowed: bool) -> list[EligibilityFault]:
    asked = getattr(contract, "eligibility", None)
    return eligibility_faults(
        contract.nature,
        born_on=contract.enrolment.person.birth_date,
        starts_on=contract.starts_on,
        employed_full_time=asked.employed_full_time if asked else None,
        minors_allowed=minors_allowed,
        has_consent=bool(asked and asked.has_consent),
    )


def what_lacks(contract: Contract, minors_allowed: bool) -> list[str]:
    """Why a contract cannot be issued yet, in French; [] when it can. No query on prefetched rows."""
    lacks = [eligibility_sentence(fault) for fault in faults_of(contract, minors_allowed)]
    if contract.nature.is_drawn_here and (points := points_sentence(contract)):
        lacks.append(points)
    return lacks


def renewals_before(contract: Contract) -> int | None:
    """How many renewals its contract had before this term; None for a first term. A query a term."""
    if contract.renews is None:
        return None
    count, earlier = 0, contract.renews
    while earlier.renews is not None:
        count, earlier = count + 1, earlier.renews
    return count


def other_contracts(contract: Contract) -> list[Contract]:
    """The other contracts of the person in the cohort that stand. One query."""
    return list(
        Contract.objects.filter(enrolment_id=contract.enrolment_id)
        .standing()
        .exclude(pk=contract.pk)
    )
