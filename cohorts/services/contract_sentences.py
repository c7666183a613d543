"""The sentences of refusals about contracts, in one place."""

from django.utils.translation import gettext as _

from cohorts.models import Contract
from cohorts.rules.contract_points import missing_points, numbers_of
from cohorts.rules.contract_terms import EligibilityFault, TermFault
from ct_platform.kit.errors import Refused


def term_refusal(fault: TermFault, name: str, months: int | None) -> Refused:
    sentences = {
        TermFault.REVERSED: _("%(name)s : la fin du contrat précède son début."),
        TermFault.TOO_LONG: _(
            "%(name)s : un terme de ce contrat dure %(months)s mois au plus (Code de commerce, L127-2)."
        ),
        TermFault.OVERLAP: _("%(name)s a déjà un contrat sur une partie de ces dates."),
        TermFault.ONE_TOO_MANY: _(
            "%(name)s : ce contrat ne se renouvelle plus. Un CAPE se renouvelle deux fois au plus, même "
            "s’il est court (Code de commerce, L127-2)."
        ),
    }
    return Refused(sentences[fault] % {"name": name, "months": months or ""}, field="ends_on")


def eligibility_sentence(fault: EligibilityFault) -> str:
    return {
        EligibilityFault.BIRTH_UNKNOWN: _("sa date de naissance manque"),
        EligibilityFault.TOO_YOUNG: _(
            "moins de 16 ans au premier jour : ce contrat est impossible"
        ),
        EligibilityFault.MINOR_REFUSED: _(
            "moins de 18 ans au premier jour, et vos réglages ne prennent pas de mineurs"
        ),
        EligibilityFault.NO_CONSENT: _(
            "l’accord écrit des titulaires de l’autorité parentale manque"
        ),
        EligibilityFault.NOT_ASKED: _(
            "on ne lui a pas demandé si un emploi l’occupe à temps complet"
        ),
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
