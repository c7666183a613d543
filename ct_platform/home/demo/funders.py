"""Two funders of the cohort: an operation of the European Social Fund, and the city's contract."""

import datetime as dt
from decimal import Decimal

from cohorts.enums import OrganisationKind, PartnershipRole
from cohorts.models import Cohort, Organisation, PartnerSeat, Partnership
from ct_platform.home.demo.scene import DAY, Scene
from reports.enums.funding import CostKind, FundingAim, ReceiptKind
from reports.models import FundingLine
from reports.services.funding import costs, dues, lines, operations, receipts

MEASURE = "FSE+ 2021-2027, priorité 1, objectif spécifique H"


def fund(scene: Scene) -> None:
    """One line paid in part with a report due, one granted that still waits for its agreement."""
    # Its number was written by an earlier chapter.
    cohort = Cohort.objects.select_related("territory", "host").get(pk=scene.cohort.pk)
    said = {"actor": scene.coordinator, "at": scene.at}
    fund_, city = _funders(scene)
    operation = operations.name_operation(
        territory=cohort.territory, host=cohort.host, number=cohort.operation,
        name="Des habitants du Plateau montent leur coopérative", measure=MEASURE,
        authority=fund_.pk, starts_on=_day(scene, 200), ends_on=_day(scene, -400), **said,
    )  # fmt: skip
    europe = _asked(
        scene, fund_, "Accompagnement de la cohorte", "42000.00", 190,
        aim=FundingAim.OPERATION, operation=operation, is_eu=True, measure=MEASURE,
    )  # fmt: skip
    lines.grant_line(
        line=europe, decided_on=_day(scene, 150), granted_amount=Decimal("36500.00"), **said
    )
    europe.refresh_from_db()
    lines.agree_line(
        line=europe, commitment_number="DÉMO-FSE-2026-0412", agreed_on=_day(scene, 140),
        eligible_from=operation.starts_on, eligible_to=operation.ends_on,
        conditions="Emblème sur chaque papier. Bilan intermédiaire à mi-parcours.", **said,
    )  # fmt: skip
    receipts.receive(
        line=europe, kind=ReceiptKind.ADVANCE, amount=Decimal("10950.00"),
        received_on=_day(scene, 110), reference="Virement 55120", **said,
    )  # fmt: skip
    kept = dues.plan_due(
        line=europe, title="Premier état des dépenses", due_on=_day(scene, 30), **said
    )
    dues.hand_over(
        due=kept,
        handed_on=_day(scene, 33),
        proof="Accusé de réception du portail, n° 20418",
        **said,
    )
    dues.plan_due(line=europe, title="Bilan intermédiaire", due_on=_day(scene, -18), **said)
    asked = _asked(
        scene, city, "Contrat de ville, action emploi", "9000.00", 120, cohorts=[cohort.pk],
        measure="Contrat de ville 2024-2030",
    )  # fmt: skip
    lines.grant_line(
        line=asked, decided_on=_day(scene, 80), granted_amount=Decimal("7500.00"), **said
    )
    for kind, label, amount, days, proof in (
        (CostKind.PEOPLE, "Temps de coordination, premier trimestre", "11840.00", 40, "Paie 2026-09"),
        (CostKind.PREMISES, "Loyer de l’atelier", "1950.00", 35, "Facture 118"),
        (CostKind.TRAVEL, "Déplacements au marché", "214.60", 20, ""),
        (CostKind.TRAINERS, "Formation à l’hygiène, deux jours", "1380.00", 25, "Facture F-77"),
    ):  # fmt: skip
        costs.note_cost(
            cohort=cohort, kind=kind, label=label, amount=Decimal(amount), proof=proof,
            spent_on=_day(scene, days), actor=scene.coordinator, at=scene.at - days * DAY,
        )  # fmt: skip


def _funders(scene: Scene) -> tuple[Organisation, Organisation]:
    """An authority and the city, which follow the territory. Invented, as everything here."""
    fund_ = Organisation.objects.create(
        name="Service européen de la Brune", kind=OrganisationKind.AUTHORITY, city="Valbrune"
    )
    city, _made = Organisation.objects.get_or_create(
        name="Ville de Valbrune",
        defaults={"kind": OrganisationKind.FUNDER, "city": "Valbrune"},
    )
    for one in (fund_, city):
        Partnership.objects.create(
            organisation=one, territory=scene.cohort.territory, role=PartnershipRole.FUNDER,
            starts_on=_day(scene, 300),
        )  # fmt: skip
    PartnerSeat.objects.create(
        person=scene.people["sabine"], organisation=fund_, starts_on=_day(scene, 300)
    )
    return fund_, city


def _asked(
    scene: Scene, by: Organisation, name: str, amount: str, days: int, **more: object
) -> FundingLine:
    line = lines.ask_line(
        territory=scene.cohort.territory, organisation=by, name=name, asked_on=_day(scene, days),
        asked_amount=Decimal(amount), actor=scene.coordinator, at=scene.at,
        **({"cohorts": [scene.cohort.pk]} | more),  # type: ignore[arg-type]
    )  # fmt: skip
    return line


def _day(scene: Scene, ago: int) -> dt.date:
    return scene.today - ago * DAY
