"""How the demo cohort is paid: two market boxes, cash carried to the host, a statement to match."""

import datetime as dt
import uuid
from decimal import Decimal

from ct_platform.home.demo.scene import DAY, Scene, hour
from projects.models import CashCount, Project
from projects.selectors.payments import owed_to_host
from projects.services import cash
from projects.services.bank import import_statement
from projects.services.cash import Counted, Part

_BOX = {5000: 1, 2000: 4, 1000: 6, 500: 5, 200: 12, 100: 9, 50: 8, 20: 10}  # 50 € of float inside
_CARDS = Decimal("64.50")


def be_paid(scene: Scene) -> None:
    """A box that two people found the same, one that they did not, twenty euros of change carried,
    and, where invoices are owed, a statement of the host with a line for each."""
    stalls = {one.trade: one for one in Project.objects.of_cohort(scene.cohort.pk)}
    garden = stalls.get("maraichage") or next(iter(stalls.values()))
    saturday = scene.today - DAY * ((scene.today.weekday() - 5) % 7 or 7)
    day = max(saturday, scene.cohort.starts_on)
    count = _opened(scene, garden, day, "")
    for name in ("Sarr", "Cherif"):
        _counted(scene, count, name, _BOX, day)
    count.refresh_from_db()
    _share_out(scene, count, day)
    other = _opened(scene, stalls.get("fleuriste", garden), day, "Étal des fleurs")
    _counted(scene, other, "Sarr", _BOX, day)
    _counted(scene, other, "Cherif", _BOX | {2000: 3}, day)
    cash.hand_over(
        cohort=scene.cohort, amount=Decimal("200.00"), handed_on=min(day + 2 * DAY, scene.today),
        given_by=scene.people["ines"].full_name, given_to=scene.people["helene"].full_name,
        note="Enveloppe fermée", client_uuid=uuid.uuid4(), actor=scene.coordinator, at=scene.at,
    )  # fmt: skip
    _statement(scene)


def _opened(scene: Scene, project: Project, day: dt.date, label: str) -> CashCount:
    return cash.open_count(
        project=project, day=day, label=label, float_amount=Decimal("50.00"),
        client_uuid=uuid.uuid4(), actor=scene.voice("Sarr"), at=hour(day, 13),
    )  # fmt: skip


def _counted(
    scene: Scene, count: CashCount, name: str, pieces: dict[int, int], day: dt.date
) -> None:
    cash.tally(
        count=count, counted=Counted(pieces, _CARDS, Decimal(0)), client_uuid=uuid.uuid4(),
        actor=scene.voice(name), at=hour(day, 13, 20),
    )  # fmt: skip


def _share_out(scene: Scene, count: CashCount, day: dt.date) -> None:
    total = count.agreement.total
    herbs = Decimal("24.00")
    cash.split_takings(
        count=count,
        parts=[Part("food", "storable", total - herbs), Part("raw_plants", "plain", herbs)],
        actor=scene.voice("Sarr"),
        at=hour(day, 14),
    )


def _statement(scene: Scene) -> None:
    """The host reads its bank: two credits that name what they pay, one that is somebody else's."""
    owed = owed_to_host(scene.cohort.host_id)[:2]
    if not owed:
        return
    day = scene.today - DAY
    rows = ["Date;Libellé;Débit;Crédit"]
    for one in owed:
        amount = f"{one.left:.2f}".replace(".", ",")
        rows.append(f"{day:%d/%m/%Y};VIR SEPA {one.customer.name.upper()} {one.number};;{amount}")
    rows += [
        f"{day:%d/%m/%Y};VIR LOYER ASSOCIATION LES TILLEULS;;310,00",
        f"{day:%d/%m/%Y};PRLV ELECTRICITE;85,20;",
    ]
    import_statement(
        host=scene.cohort.host, name="releve.csv", content="\r\n".join(rows).encode("cp1252"),
        actor=scene.voice("helene"), at=scene.at,
    )  # fmt: skip
