"""Is this file ours, unaltered, still standing? The answer behind `verify_document`."""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _

from ct_platform.kit import clock
from documents.engine.inspect import codes_in, is_pdf
from documents.enums import DocumentStatus
from documents.models import Document


class Outcome(IntEnum):
    """Also the exit code of the command; 1 and 2 stay those of a command that could not run."""

    VALID = 0
    ALTERED = 3
    UNKNOWN = 4
    REPLACED = 5
    REVOKED = 6
    NOT_A_PDF = 7


@dataclass(frozen=True, slots=True)
class Verification:
    outcome: Outcome
    sentence: str


def verify(content: bytes) -> Verification:
    """Tell apart: ours and unaltered (valid, replaced, revoked), ours but altered, unknown.

    Costs two queries at most. An altered file is known by the code it still carries.
    """
    fingerprint = hashlib.sha256(content).hexdigest()
    document = Document.objects.select_related("replaced_by").filter(sha256=fingerprint).first()
    if document is not None:
        return _standing(document)
    if not is_pdf(content):
        return Verification(Outcome.NOT_A_PDF, _("Ce fichier n’est pas un PDF."))
    original = Document.objects.filter(code__in=codes_in(content)).order_by("pk").first()
    if original is not None:
        return Verification(
            Outcome.ALTERED,
            _(
                "Ce fichier a été modifié : ce n’est pas le papier donné par nous. Il copie %(paper)s."
            )
            % {"paper": _named(original)},
        )
    return Verification(
        Outcome.UNKNOWN,
        _(
            "Ce fichier est inconnu : nous ne l’avons pas donné. "
            "S’il porte un code imprimé, tapez ce code sur la page « Vérifier un papier »."
        ),
    )


def _standing(document: Document) -> Verification:
    named = {"paper": _named(document)}
    match document.status:
        case DocumentStatus.REPLACED if document.replaced_by:
            named["day"] = clock.format_day(clock.civil_day(document.replaced_by.issued_at))
            return Verification(
                Outcome.REPLACED,
                _(
                    "Ce fichier est bien de nous, mais il est remplacé depuis le %(day)s : %(paper)s."
                )
                % named,
            )
        case DocumentStatus.REVOKED:
            named["reason"] = document.revoked_reason
            return Verification(
                Outcome.REVOKED,
                _("Ce fichier est bien de nous, mais il est annulé (%(reason)s) : %(paper)s.")
                % named,
            )
        case _:
            return Verification(
                Outcome.VALID,
                _("Ce fichier est de nous, sans changement, et valable : %(paper)s.") % named,
            )


def _named(document: Document) -> str:
    """ "Bulletin de paie, n° 2026-R-00041, donné par Le Ferment le 13 novembre 2026"."""
    words = [document.title]
    if document.number:
        words.append(_("n° %(number)s") % {"number": document.number})
    words.append(
        _("donné par %(issuer)s le %(day)s")
        % {
            "issuer": document.issuer_name,
            "day": clock.format_day(clock.civil_day(document.issued_at)),
        }
    )
    return ", ".join(words)
