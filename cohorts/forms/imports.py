"""The file of a list, and the answers asked before it is confirmed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.importing.cells import FileRefused
from cohorts.importing.reading import check_size
from cohorts.selectors.preview import NEW, Preview, PreviewRow
from ct_platform.kit.once import OnceForm


class ImportForm(OnceForm):
    file = forms.FileField(
        label=_("Fichier CSV ou Excel (.xlsx)"),
        help_text=_("5 Mo et 500 personnes au plus. Rien n’est enregistré avant votre accord."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choisissez un fichier.")},
    )

    def clean_file(self) -> Any:
        try:
            check_size(self.cleaned_data["file"].size)
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["file"]


class ConfirmForm(forms.Form):
    """One question per row that may be somebody already known."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, preview: Preview, data: Any = None) -> None:
        # What was read then is what the service compares; what is shown again carries what is true now.
        self.sent_seen = "" if data is None else str(data.get("seen", ""))
        if data is not None:
            data = data.copy()
            data["seen"] = preview.seen
        super().__init__(data, initial={"seen": preview.seen})
        self.preview = preview
        for one in preview.to_decide:
            self.fields[one.field_name] = forms.ChoiceField(
                label=gettext("Ligne %(row)d : %(name)s")
                % {"row": one.number, "name": one.row.name},
                choices=[(offer.value, offer.label) for offer in one.offers]
                + [(NEW, gettext("Une autre personne, qui entre pour la première fois"))],
                initial=one.default,
                widget=forms.RadioSelect,
            )

    @property
    def questions(self) -> Iterator[tuple[PreviewRow, forms.BoundField]]:
        return ((one, self[one.field_name]) for one in self.preview.to_decide)

    @property
    def choices(self) -> dict[int, str]:
        """Row number → answer, as sent; the service judges what was offered."""
        return {
            one.number: self.data[one.field_name]
            for one in self.preview.rows
            if one.field_name in self.data
        }
