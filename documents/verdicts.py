"""What the public check page says of a code. Never an amount, a birth date or a full name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ct_platform.kit import clock
from documents import kinds
from documents.enums import DocumentStatus
from documents.kinds import PublicFact
from documents.models import Document
from documents.rules import initials, spaced_code


@dataclass(frozen=True, slots=True)
class Verdict:
    """`tone` ok | warn | bad | wait. `facts` are printed and not private."""

    tone: str
    title: str
    text: str
    facts: tuple[PublicFact, ...] = ()
    sha256: str = ""
    has_subject: bool = False


def unknown() -> Verdict:
    return Verdict(
        "wait",
        _("Ce code est inconnu"),
        _(
            "Aucun papier ne porte ce code. Relisez-le : une lettre a pu changer. "
            "Si le code est juste, ce papier ne vient pas de nous."
        ),
    )


def verdict_on(document: Document) -> Verdict:
    """The verdict and the public facts of a paper; reads `replaced_by`, one more query."""
    issuer = document.issuer_name
    match document.status:
        case DocumentStatus.REPLACED:
            successor = document.replaced_by
            day = clock.format_day(clock.civil_day(successor.issued_at)) if successor else ""
            tone, title = "warn", _("Ce papier a été remplacé")
            text = _(
                "Il vient bien de %(issuer)s, mais un nouveau papier le remplace depuis le %(day)s. "
                "Demandez le nouveau."
            ) % {"issuer": issuer, "day": day}
        case DocumentStatus.REVOKED:
            tone, title = "bad", _("Ce papier est annulé")
            text = _("%(issuer)s l’a annulé. Il ne vaut plus rien.") % {"issuer": issuer}
        case _ if not document.is_ready:
            tone, title = "wait", _("Ce papier se prépare")
            text = _("%(issuer)s l’a donné. Le fichier sera prêt dans un instant.") % {
                "issuer": issuer
            }
        case _:
            tone, title = "ok", _("Ce papier est valable")
            text = _("Il vient bien de %(issuer)s. Il n’a pas été remplacé ni annulé.") % {
                "issuer": issuer
            }
    return Verdict(
        tone, title, text, tuple(_facts(document)), document.sha256, bool(printed_name(document))
    )


def printed_name(document: Document) -> str:
    """The name as printed, from the photograph: it survives the account."""
    return str(document.snapshot.get("paper", {}).get("subject", ""))


def _facts(document: Document) -> list[PublicFact]:
    facts = [PublicFact(_("Papier"), _kind_label(document))]
    if printed_name(document):
        facts.append(PublicFact(_("Personne"), initials(printed_name(document))))
    if document.period_from and document.period_to:
        period = clock.format_period(document.period_from, document.period_to)
        facts.append(PublicFact(_("Période"), period))
    told = {fact.label for fact in facts}
    facts += [fact for fact in _printed_facts(document) if fact.label not in told]
    facts.append(PublicFact(_("Donné par"), document.issuer_name))
    facts.append(PublicFact(_("Donné le"), clock.format_day(clock.civil_day(document.issued_at))))
    if document.status == DocumentStatus.REVOKED and document.revoked_reason:
        facts.append(PublicFact(_("Raison de l’annulation"), document.revoked_reason))
    facts.append(PublicFact(_("Code du papier"), spaced_code(document.code)))
    return facts


def _kind_label(document: Document) -> str:
    return str(document.snapshot.get("paper", {}).get("kind", document.kind))


def _printed_facts(document: Document) -> list[PublicFact]:
    if document.kind not in kinds.codes():
        return []
    return kinds.get(document.kind).public_facts(document.snapshot)
