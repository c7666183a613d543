"""Whose CAPE ended, and when: people ticked on a list, each with a last day."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cohorts.forms.people import KeysField


class CapeEndsForm(forms.Form):
    people = KeysField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.ends: dict[int, dt.date] = {}
        for key in cleaned.get("people", ()):
            day = _day(self.data.get(f"fin-{key}", ""))
            if day is None:
                raise ValidationError(_("Écrivez le dernier jour de chaque personne choisie."))
            self.ends[key] = day
        return cleaned


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
