"""From which day to which: the period of a cohort's books."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from ct_platform.kit.form_fields import DayField
from payroll.selectors.sales_journal import Period


class PeriodForm(forms.Form):
    """Both days included. French names: they stand in the address."""

    du = DayField(label=_("Du"))
    au = DayField(label=_("Au"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and first > last:
            self.add_error("au", _("Le dernier jour vient après le premier."))
        return cleaned

    @property
    def period(self) -> Period:
        """Of a valid form."""
        return Period(self.cleaned_data["du"], self.cleaned_data["au"])


def whole_cohort(cohort: Cohort, today: dt.date) -> dict[str, dt.date]:
    """From its first day to today: what is asked when nothing is."""
    return {"du": cohort.starts_on, "au": max(today, cohort.starts_on)}
