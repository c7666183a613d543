"""One's own contacts, to leave with: for a spreadsheet, or for the phone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cohorts.models import Contact
from cohorts.rules.vcards import vcards
from cohorts.selectors.contacts import cards_of
from ct_platform.kit.exports import csv_of


def contacts_csv(contacts: Sequence[Contact]) -> bytes:
    """A line each; text that looks like a formula is quoted (kit.exports)."""
    header = [
        _("Nom"), _("Organisme"), _("Rôle"), _("Téléphone"), _("E-mail"), _("Autre moyen"),
        _("Ce que ça peut ouvrir"), _("Note"), _("Accord donné le"),
    ]  # fmt: skip
    return csv_of(
        header,
        [
            [
                one.name, one.organisation, one.role, one.spoken_phone, one.email, one.reach,
                ", ".join(one.opens_words), one.note, one.consented_on,
            ]
            for one in contacts
        ],
    )  # fmt: skip


def contacts_vcf(contacts: Sequence[Contact]) -> bytes:
    return vcards(cards_of(list(contacts))).encode()
