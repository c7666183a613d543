"""How a host sells: its dated conditions and its choices of VAT. Each change is a new row."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents import series as numbering
from members.rules import IbanProblem, bic_of, read_iban
from projects.enums import VatRegime
from projects.models import SellerTerms, VatDecision
from projects.rules import MOST_DUE_DAYS, ways_of

# Numbers of quotes: a series of the platform's own, without the law of invoices.
QUOTE_SERIES = "D"
INVOICES, QUOTES = "projects.invoices", "projects.quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """One version of the conditions of sale. `late_rate` in percent a year; 0: the ECB's plus 10."""

    in_force_from: dt.date
    capital: str = ""
    register_city: str = ""
    vat_regime: str = VatRegime.NORMAL
    vat_number: str = ""
    vat_on_debits: bool = False
    series: str = ""
    delegated_on: dt.date | None = None
    asks_to_validate: bool = True
    due_days: int = 30
    late_rate: Decimal = Decimal(0)
    early_terms: str = ""
    iban: str = ""
    bic: str = ""
    email: str = ""
    phone: str = ""


def checked_terms(*, host: Organisation, conditions: Conditions, at: dt.datetime) -> SellerTerms:
    """The conditions as they would be written: numbers cleaned and checked, nothing saved.

    Raises Refused (field): a VAT number that is wrong or of another firm, or missing where VAT is
    charged; more than 60 days to pay (C. com. L441-10); a series without a dated delegation in
    writing (CGI ann. II art. 242 nonies A), signed in the future, or that numbers other papers; an
    IBAN or a BIC that is none.
    """
    values = asdict(conditions)
    values["vat_number"] = _vat_number(host, conditions)
    values["iban"], values["bic"] = _account(conditions)
    values["series"] = conditions.series.strip().upper()
    _refuse_series(host, values["series"], conditions.delegated_on, civil_day(at))
    if not 0 <= conditions.due_days <= MOST_DUE_DAYS:
        raise Refused(
            _("60 jours au plus, à compter de la facture (article L441-10 du Code de commerce)."),
            field="due_days",
        )
    if not 0 <= conditions.late_rate <= 50:
        raise Refused(_("Un taux annuel, de 0 à 50 %."), field="late_rate")
    if conditions.vat_regime == VatRegime.FRANCHISE and conditions.vat_on_debits:
        raise Refused(_("Sans TVA facturée, il n’y a pas d’option."), field="vat_on_debits")
    return SellerTerms(host=host, **values)


@transaction.atomic
def write_terms(
    *, host: Organisation, conditions: Conditions, actor: Actor, at: dt.datetime
) -> SellerTerms:
    """Write a new dated version; earlier ones, and the papers made under them, stay as they were.

    Raises Refused as `checked_terms`, and when a version of that day exists.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    row = checked_terms(host=host, conditions=conditions, at=at)
    if SellerTerms.objects.of_host(host.pk).filter(in_force_from=row.in_force_from).exists():
        raise Refused(_("Une version existe déjà à cette date."), field="in_force_from")
    row.written_by_id = actor.person_id
    row.save()
    return row


@transaction.atomic
def decide_vat(
    *,
    host: Organisation,
    category: str,
    way: str,
    percent: Decimal,
    in_force_from: dt.date,
    reason: str,
    actor: Actor,
) -> VatDecision:
    """Write the rate, in percent, at which the host sells a category one way, from a day on.

    It prevails over the table of the law. The same decision twice is quiet. Raises Refused: a thing
    never sold that way, a rate out of 0 to 30, no reason, another decision of the same day.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    if way not in ways_of(category):
        raise Refused(_("Cela ne se vend pas ainsi."), field="way")
    if not 0 <= percent <= 30:
        raise Refused(_("Un taux de TVA va de 0 à 30 %."), field="percent")
    if not reason.strip():
        raise Refused(_("Dites pourquoi : un article, une réponse écrite."), field="reason")
    same = VatDecision.objects.of_host(host.pk).filter(
        category=category, way=way, in_force_from=in_force_from
    )
    found: VatDecision | None = same.first()
    if found is not None:
        if found.percent == percent and found.reason == reason.strip():
            return found
        raise Refused(_("Une décision existe déjà à cette date."), field="in_force_from")
    made: VatDecision = VatDecision.objects.create(
        host=host,
        category=category,
        way=way,
        percent=percent,
        in_force_from=in_force_from,
        reason=reason.strip(),
        written_by_id=actor.person_id,
    )
    return made


def _vat_number(host: Organisation, conditions: Conditions) -> str:
    if not conditions.vat_number.strip():
        if conditions.vat_regime == VatRegime.NORMAL:
            raise Refused(_("Qui facture la TVA écrit son numéro de TVA."), field="vat_number")
        return ""
    try:
        number: str = eu_vat.validate(conditions.vat_number)
    except ValidationError:
        raise Refused(_("Ce numéro de TVA n’est pas juste."), field="vat_number") from None
    if number.startswith("FR") and host.siret and number[4:] != host.siret[:9]:
        words = {"siren": host.siret[:9]}
        raise Refused(
            _("Ce numéro n’est pas celui de votre SIREN (%(siren)s).") % words, field="vat_number"
        )
    return number


def _account(conditions: Conditions) -> tuple[str, str]:
    bic = bic_of(conditions.bic)
    if bic is None:
        raise Refused(_("Ce BIC n’est pas juste."), field="bic")
    if not conditions.iban.strip():
        if bic:
            raise Refused(_("Un BIC sans IBAN ne sert à personne."), field="iban")
        return "", ""
    iban = read_iban(conditions.iban)
    if isinstance(iban, IbanProblem):
        raise Refused(_("Cet IBAN n’est pas juste : relisez-le chiffre par chiffre."), field="iban")
    return iban, bic


def _refuse_series(
    host: Organisation, series: str, delegated_on: dt.date | None, today: dt.date
) -> None:
    if bool(series) != (delegated_on is not None):
        raise Refused(
            _("Une série de numéros demande la date de la délégation écrite, et l’inverse."),
            field="delegated_on" if series else "series",
        )
    if not series:
        return
    if not (series.isascii() and series.isalnum() and len(series) <= 10):
        raise Refused(_("Des lettres majuscules et des chiffres."), field="series")
    if delegated_on is not None and delegated_on > today:
        raise Refused(_("Cette délégation n’est pas encore signée."), field="delegated_on")
    if numbering.is_of_others(INVOICES, issuer_key=host.pk, series=series):
        raise Refused(
            _("Cette série numérote déjà d’autres papiers. Choisissez-en une autre."),
            field="series",
        )


def series_of_invoices(host_id: int) -> set[str]:
    rows = SellerTerms.objects.of_host(host_id).exclude(series="").order_by()
    return set(rows.values_list("series", flat=True))


def register_series() -> None:
    """Say to the house which series number invoices and quotes."""
    numbering.register(numbering.Numbered(INVOICES, series_of_invoices))
    numbering.register(numbering.Numbered(QUOTES, lambda _host_id: {QUOTE_SERIES}))
