"""Slips of fixed cases, drawn without a database: what is printed, compared with stored texts."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Enrolment, Organisation
from documents.models import Document
from members.models import Person
from payroll.engine.bulletin import Adjustment
from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.types import CAPE, EMPLOYEE, PayInput, Profile, Slip, Ytd
from payroll.models import HostSettings, PayRun, Share
from payroll.papers.slip import KIND, TEMPLATE_VERSION, snapshot_of
from payroll.rules.stored_slips import slip_to_json

D = Decimal
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
CODE = "4000000000000APN59HKNHY2PJ"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What one slip is made from. Amounts in euros, hours in minutes."""

    gross: str
    profile: Profile = EMPLOYEE
    month: dt.date = NOVEMBER
    hours: str = "151.67"
    headcount: int = 49
    contract: str = "CDD"
    health_cover: str = "0"
    health_share: str = "0"
    mobility: str = "0"
    pas_rate: str | None = None
    agreement: str = ""
    earlier: tuple["Case", ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    people: int = 2
    pot: str | None = None
    remainder: str = "0.00"
    carried_in: str = "0.00"
    rule: str = "half"
    worked: int = 2610
    counted: int | None = None
    paid_hours: str | None = None
    first_name: str = "Amina"
    last_name: str = "Sarr"
    activity: str = "fleuriste, préparation et vente"
    cohort: str = "Les Racines du Plateau"
    host: dict[str, Any] = field(default_factory=dict)
    eu: bool = False
    trades: tuple[str, ...] = ("maraichage", "fleuriste", "cuisine")

    @property
    def slip(self) -> Slip:
        """The engine's answer, after that of the earlier months."""
        ytd = self.earlier[-1].slip.ytd_after if self.earlier else Ytd.empty()
        inp = PayInput(
            month=self.month,
            gross=D(self.gross),
            hours=D(self.hours),
            headcount=self.headcount,
            atmp_rate=D("1.55"),
            mobility_rate=D(self.mobility),
            health_cover=D(self.health_cover),
            health_cover_employer_share=D(self.health_share),
            contract="CAPE" if self.profile is CAPE else self.contract,
            profile=self.profile,
            pas_rate=D(self.pas_rate) if self.pas_rate is not None else None,
        )
        return compute(inp, ytd, load_params(self.month))


def document_of(case: Case) -> Document:
    """The paper of a case, unsaved: its photograph is all that is drawn."""
    slip = case.slip
    withheld = -sum((one.amount for one in case.adjustments), D("0.00"))
    share = Share(
        enrolment=Enrolment(
            id=1,
            person=Person(
                first_name=case.first_name, last_name=case.last_name,
                address="8 allée des Tilleuls", postcode="99100", city="Valbrune",
            ),
            activity=case.activity,
        ),
        minutes=case.worked if case.counted is None else case.counted,
        minutes_by_kind={"production": case.worked},
        amount=slip.total_employer_cost + D(case.remainder) - D(case.carried_in),
        carried_in=D(case.carried_in), cost=slip.total_employer_cost, remainder=D(case.remainder),
        withheld=withheld, paid_hours=D(case.paid_hours) if case.paid_hours else None,
        slip={"slip": slip_to_json(slip)},
    )  # fmt: skip
    pot = D(case.pot) if case.pot else case.people * share.amount
    run = _run(case, pot)
    title = f"Bulletin de paie, {'novembre' if case.month == NOVEMBER else 'décembre'} 2026"
    snapshot = snapshot_of(
        run=run, share=share, title=title, number="2026-R-00041", trades=list(case.trades),
        people=case.people, adjustments=case.adjustments,
    )  # fmt: skip
    snapshot["paper"] = {
        "kind": "Bulletin de paie", "title": title, "number": "2026-R-00041",
        "issuer": run.cohort.host.name, "subject": share.enrolment.person.civil_name,
        "issued_on": "2026-12-10",
    }  # fmt: skip
    snapshot["check"] = {"code": CODE, "url": f"https://coop.exemple.fr/verifier/{CODE}/"}
    return Document(kind=KIND, snapshot=snapshot, template_version=TEMPLATE_VERSION)


def _run(case: Case, pot: Decimal) -> PayRun:
    host = Organisation(
        **{
            "name": "Le Ferment", "legal_form": "SCIC à responsabilité limitée",
            "siret": "73282932000074", "ape": "7022Z", "address": "12 rue des Halles",
            "postcode": "99100", "city": "Valbrune", **case.host,
        }
    )  # fmt: skip
    contract = {
        "kind": "cape" if case.profile is CAPE else "cdd",
        "starts_on": "2026-09-07", "ends_on": "2026-12-18",
    }  # fmt: skip
    return PayRun(
        cohort=Cohort(name=case.cohort, host=host, eu_funded=case.eu),
        month=case.month,
        paid_on=dt.date(2026, 12, 10),
        settings=HostSettings(collective_agreement=case.agreement),
        envelope=pot,
        photograph={
            "rule": {
                "version": 1, "kind": case.rule, "decided_on": "2026-10-02", "decision": 3,
            },
            "people": [{"enrolment": 1, "contract": contract}],
        },
    )  # fmt: skip


# An associative host owes these under a CAPE too until it is told otherwise: the hand case of
# payroll.md §9 has them all.
HAND_CAPE = Case(gross="300.00", profile=CAPE, hours="43.50", people=15, pot="5991.60")


def _regularised() -> Case:
    months: tuple[Case, ...] = ()
    for number in range(1, 12):
        months += (
            Case(
                gross="1823.03", month=dt.date(2026, number, 1), contract="CDI", earlier=months[-1:]
            ),
        )
    return Case(
        gross="4500.00", month=DECEMBER, contract="CDI", earlier=months[-1:], people=1,
        agreement="Bureaux d’études techniques (IDCC 1486)",
    )  # fmt: skip


CASES: dict[str, Case] = {
    "cape": HAND_CAPE,
    "cape-advance": Case(
        gross="300.00", profile=CAPE, hours="43.50", people=15, pot="5991.60", carried_in="0.05",
        adjustments=(
            Adjustment("Acompte reçu le 13 novembre 2026, avance sur le marché", D("-60.00")),
            Adjustment(
                "Retenue du 20 novembre 2026, décision n° 4 : tablier perdu (une partie, sur 25,00 €)",
                D("-12.50"),
            ),
        ),
    ),
    "cdd-part-time": Case(
        gross="941.97", hours="75.83", remainder="0.04", health_cover="52.00", health_share="50",
        pas_rate="3.5", paid_hours="75.83", agreement="Bureaux d’études techniques (IDCC 1486)",
        rule="hours", counted=2400,
    ),
    "cdd-full-time": Case(gross="1834.04", paid_hours="151.67", mobility="1.75", eu=True),
    "high-gross": Case(
        gross="9876.54", contract="CDI", headcount=55, mobility="2.95", health_cover="89.90",
        health_share="60", pas_rate="13.8", people=1,
        adjustments=(Adjustment("Acompte reçu le 13 novembre 2026, frais", D("-1000.00")),),
    ),
    "regularised-december": _regularised(),
    "longest": Case(
        gross="9876.54", headcount=55, mobility="2.95", health_cover="89.90", health_share="60",
        pas_rate="13.8", first_name="Marie-Antoinette Clémentine Ğülşen",
        last_name="de la Rochefoucauld-Đorđević Ștefănescu",
        activity="préparation, mise en conserve et vente de légumes anciens sur les marchés du plateau",
        cohort="La Coopérative éphémère des Saveurs, Fleurs et Services du Grand Plateau de Valbrune",
        host={
            "name": "Coopérative d’activité et d’emploi des Hauts Plateaux et des Vallées réunies",
            "legal_form": "Société coopérative d’intérêt collectif à responsabilité limitée",
            "address": "127 bis avenue du Général-de-Gaulle, bâtiment C, troisième étage",
        },
        agreement="Personnels des organismes de formation et d’accompagnement (IDCC 1516)",
        eu=True, worked=9100, counted=8000, carried_in="12.34", remainder="0.14", pot="123456.78",
        adjustments=(
            Adjustment("Acompte reçu le 13 novembre 2026, avance demandée au groupe pour le loyer", D("-800.00")),
            Adjustment("Retenue du 20 novembre 2026, décision n° 14 : remboursement du matériel prêté", D("-42.00")),
        ),
    ),
}  # fmt: skip
