"""What the law asks an invoice to say, case by case. Words are written into the photograph at issue.

Sources: CGI ann. II art. 242 nonies A (as amended by décret n° 2022-1299), C. com. L441-9, L441-10,
D441-5, R123-237, CCP L2192-13 and D2192-35 for public customers, arrêté n° 83-50/A for services to
consumers, CGI art. 289 for credit notes.

The CAPE mention (C. com. R127-3) binds the person who signs a paper in their own name: it names the
CAE, its registered office, its number and the end of the contract. Here the CAE itself sells, so its
own mentions rule; yet the people whom the customer meets work under such contracts, and must not pass
for its employees nor for traders. Both are printed: the CAE as the seller, then the mention, with the
latest end of the contracts in force in the cooperative on the day of issue.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import format_day
from projects.enums import CustomerKind, InvoiceKind, SupplyNature, VatRegime
from projects.rules.billing import needs_a_note

FRANCHISE = "TVA non applicable, article 293 B du CGI"
ON_DEBITS = "Option pour le paiement de la taxe d’après les débits"


@dataclass(frozen=True, slots=True)
class Case:
    """What decides of the mentions. Amounts in euros, `late_rate` in percent a year."""

    kind: str
    customer_kind: str
    natures: frozenset[str]
    regime: str
    on_debits: bool
    total: Decimal
    late_rate: Decimal
    early_terms: str
    host: str
    host_place: str
    host_number: str  # SIREN
    cohort: str
    cape_until: dt.date | None = None
    exemption: str = ""  # why lines are without VAT, as the host wrote it


@dataclass(frozen=True, slots=True)
class Mention:
    """`code` says which one it is, to the XML and to tests."""

    code: str
    words: str


def mentions_of(case: Case) -> list[Mention]:
    return [Mention(code, words) for code, words in _told(case)]


def nature_code(natures: frozenset[str]) -> str:
    """ "goods", "services" or "mixed"."""
    return next(iter(natures)) if len(natures) == 1 else "mixed"


def _told(case: Case) -> Iterator[tuple[str, str]]:
    yield "nature", _("Nature de l’opération : %s") % _nature(case.natures)
    if case.regime == VatRegime.FRANCHISE:
        yield "franchise", FRANCHISE
    elif case.on_debits and SupplyNature.SERVICES in case.natures:
        yield "debits", ON_DEBITS
    if case.exemption:
        yield "exempt", _("TVA à 0 %% : %s") % case.exemption.rstrip(".")
    if case.kind == InvoiceKind.CREDIT_NOTE:
        yield "credit", _("Cette somme est déduite de ce qui reste dû, ou rendue au client")
    yield from _paying(case)
    yield "cape", _cape(case)


def _nature(natures: frozenset[str]) -> str:
    return {
        "goods": _("livraison de biens"),
        "services": _("prestation de services"),
        "mixed": _("livraison de biens et prestation de services"),
    }[nature_code(natures)]


def _paying(case: Case) -> Iterator[tuple[str, str]]:
    """A credit note repeats them to professionals: French e-invoicing wants them on both (BR-FR-05)."""
    if case.early_terms:
        yield "early", case.early_terms.rstrip(".")
    match case.customer_kind:
        case CustomerKind.FIRM:
            yield "late", _firm_late(case.late_rate)
            yield (
                "recovery",
                _(
                    "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 € "
                    "(articles L441-10 et D441-5 du Code de commerce)"
                ),
            )
        case CustomerKind.AUTHORITY:
            yield (
                "late",
                _(
                    "Retard de paiement : intérêts moratoires au taux de la Banque centrale européenne "
                    "majoré de 8 points (article R2192-31 du Code de la commande publique)"
                ),
            )
            yield (
                "recovery",
                _(
                    "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 € "
                    "(article D2192-35 du Code de la commande publique)"
                ),
            )
    is_credit = case.kind == InvoiceKind.CREDIT_NOTE
    if not is_credit and needs_a_note(
        to_consumer=case.customer_kind == CustomerKind.PERSON,
        has_services=SupplyNature.SERVICES in case.natures,
        total=case.total,
    ):
        yield (
            "note",
            _(
                "Cette facture vaut note, remise au client avant le paiement "
                "(arrêté n° 83-50/A du 3 octobre 1983)"
            ),
        )


def _firm_late(rate: Decimal) -> str:
    """The agreed rate, else the law's own (C. com. L441-10, II)."""
    if not rate:
        return _(
            "Retard de paiement : pénalités au taux de la Banque centrale européenne majoré de "
            "10 points (article L441-10 du Code de commerce)"
        )
    written = f"{rate:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return _(
        "Retard de paiement : pénalités au taux annuel de %s %%, dès le jour suivant l’échéance"
    ) % (written)


def _cape(case: Case) -> str:
    words = {"cohort": case.cohort, "host": case.host, "place": case.host_place}
    told = (
        _(
            "Vente de la coopérative de territoire « %(cohort)s », dont les membres bénéficient d’un "
            "contrat d’appui au projet d’entreprise (articles L127-1 et R127-3 du Code de commerce) "
            "conclu avec %(host)s, %(place)s"
        )
        % words
    )
    if case.host_number:
        told += _(", SIREN %s") % case.host_number
    if case.cape_until:
        told += _(". Contrats en cours jusqu’au %s au plus tard") % format_day(case.cape_until)
    return told
