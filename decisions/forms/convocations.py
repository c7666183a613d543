"""Whom to call to an assembly on paper."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ct_platform.kit.form_fields import TickedField


class CalledForm(forms.Form):
    people = TickedField()

    def __init__(self, keys: Iterable[int], *args: Any) -> None:
        super().__init__(*args)
        self.fields["people"].offer(keys)  # type: ignore[attr-defined]
