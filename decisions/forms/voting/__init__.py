"""The ballot of one person, as a form: one form per method, each without script.

Every form gives `ballot`, one of the ballots file. Services check it; forms only word what is asked.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import QueryDict

from decisions.enums import Method
from decisions.forms.voting.base import BLANK, BallotForm
from decisions.forms.voting.many import ApprovalForm, EqualSharesForm, JudgmentForm, RankedForm
from decisions.forms.voting.one import ChoiceForm, ConsentForm, MajorityForm, ObjectionForm
from decisions.selectors.taking_part import VoterSheet

__all__ = ["BLANK", "FORMS", "BallotForm", "ObjectionForm", "ballot_form"]

FORMS: Mapping[str, type[BallotForm]] = MappingProxyType(
    {
        Method.CHOICE: ChoiceForm,
        Method.MAJORITY: MajorityForm,
        Method.CONSENT: ConsentForm,
        Method.JUDGMENT: JudgmentForm,
        Method.APPROVAL: ApprovalForm,
        Method.RANKED: RankedForm,
        Method.EQUAL_SHARES: EqualSharesForm,
    }
)


def ballot_form(sheet: VoterSheet, typed: QueryDict | None) -> BallotForm:
    """The form of that vote's method; it says again what this person said before."""
    return FORMS[sheet.poll.method](typed, sheet=sheet)
