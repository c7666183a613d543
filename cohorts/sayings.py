"""Sentences said in several places: beside a cell of a list, beside a field, on a page."""

import datetime as dt
from typing import Protocol

from django.utils.translation import gettext as _

from cohorts.rules.ages import age_on
from cohorts.rules.programmes import AgeFault, ProgrammeBounds


class _OfProgramme(Protocol):
    @property
    def bounds(self) -> ProgrammeBounds: ...
    @property
    def programme(self) -> str: ...


def of_age(fault: AgeFault, born: dt.date, first: dt.date, of: _OfProgramme) -> str:
    """Why the programme does not take somebody of that age; begins without a capital."""
    words = {
        "age": age_on(born, first),
        "name": of.programme,
        "low": of.bounds.lowest_age,
        "high": of.bounds.highest_age,
    }
    match fault:
        case AgeFault.IMPOSSIBLE:
            return _("cette personne aurait %(age)d ans.") % words
        case AgeFault.TOO_YOUNG:
            return (
                _(
                    "cette personne a moins de %(low)d ans au premier jour : elle ne peut pas entrer."
                )
                % words
            )
        case AgeFault.TOO_OLD:
            return (
                _("%(age)d ans au premier jour. %(name)s : %(high)d ans au plus, ce jour-là.")
                % words
            )
