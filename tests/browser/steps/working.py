"""Steps 4 and 5: two lines of business, hours noted and confirmed, sales and expenses."""

import datetime as dt
import uuid

from playwright.sync_api import expect

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from projects.models import Expense, Project, Sale, WorkEntry
from projects.services.work import confirm_hours, declare_week, note_hours
from tests.browser.visitor import Visitor, words


def opens_two_activities(ines: Visitor, cohort: Cohort) -> None:
    ines.opens("projects:activities", cohort_id=cohort.pk)
    for trade, name in (("Maraîchage", "Le jardin du Plateau"), ("Cuisine", "La Grande Marmite")):
        ines.follows("Ouvrir une activité")
        ines.chooses(trade)
        ines.fills(name=name)
        ines.presses("Ouvrir l’activité")
        ines.sees(name)
    assert Project.objects.filter(cohort=cohort).count() == 2


# --- 4. hours


def notes_hours(someone: Visitor, time: str, work: str) -> None:
    """The first time: how long, which work, "Noter"."""
    someone.menu("Heures")
    someone.chooses(time)
    someone.chooses(work)
    someone.acts(f"Noter {time}, {work.lower()}")
    someone.sees(f"C’est noté : {time}, {work}")


def notes_today_in_two_taps(someone: Visitor, time: str) -> None:
    """The work of last time is already chosen."""
    someone.menu("Heures")
    someone.taps = 0
    someone.chooses(time)
    someone.acts("Noter")
    assert someone.taps == 2
    someone.sees(f"C’est noté : {time}")


def does_as_yesterday(someone: Visitor, time: str) -> None:
    someone.menu("Heures")
    someone.taps = 0
    someone.acts(f"Comme hier : {time}")
    assert someone.taps == 1
    someone.sees(f"C’est noté : {time}")
    # Once noted, one more tap must not double the day.
    expect(someone.page.get_by_role("button", name=words("Comme hier"))).to_have_count(0)


def confirms_colleagues(someone: Visitor, *names: str) -> None:
    someone.menu("Heures")
    someone.follows("Confirmer les heures des autres")
    for name in names:
        someone.presses(f"Oui, c’était bien ça : {name}")


def says_the_week_is_complete(someone: Visitor) -> None:
    someone.menu("Heures")
    someone.presses("Ma semaine est complète")
    someone.sees("Merci. Ta semaine est complète")


def the_others_work(others: list[Actor], cohort: Cohort, witness: Actor) -> None:
    """Three weeks of November and the week under way, confirmed by a colleague who was there."""
    projects = list(Project.objects.filter(cohort=cohort).order_by("pk"))
    for rank, other in enumerate(others):
        own = Enrolment.objects.get(person=other.person_id)
        for day in (dt.date(2026, 11, 9), dt.date(2026, 11, 17), dt.date(2026, 11, 24)):
            note_hours(
                enrolment=own,
                day=day,
                minutes=300 + 30 * rank,
                kind="production",
                project=projects[rank % 2],
                client_uuid=uuid.uuid4(),
                actor=other,
                at=clock.now(),
            )
        declare_week(enrolment=own, monday=dt.date(2026, 11, 23), actor=other, at=clock.now())
    # Nobody is the witness of their own hours: another confirms those of the witness.
    _confirms(witness, [one for one in others if one is not witness])
    _confirms(others[-1], [witness])


def _confirms(witness: Actor, colleagues: list[Actor]) -> None:
    noted = list(
        WorkEntry.objects.filter(enrolment__person__in=[one.person_id for one in colleagues])
    )
    confirm_hours(
        entries=noted,
        seen={entry.pk: entry.version for entry in noted},
        actor=witness,
        at=clock.now(),
    )


def sees_the_week_complete(ines: Visitor, cohort: Cohort) -> None:
    ines.opens("projects:cohort_hours", cohort_id=cohort.pk)
    ines.sees("La semaine est complète", "Chacun l’a dit, et toutes les heures sont confirmées")
    rows = ines.table("Heures notées, par personne et par jour").locator("tbody tr")
    expect(rows).to_have_count(15)
    expect(rows.filter(has_text="Amina Sarr")).to_contain_text(words("7 h"))


# --- 5. money


def records_the_money(ines: Visitor, cohort: Cohort) -> None:
    """Paid 7 095,35 € and one invoice still out; spent 1 102,55 €. Excluding VAT."""
    for project, label, amount, paid_on in (
        ("Le jardin du Plateau", "Paniers de novembre", "2 480,00", "2026-11-20"),
        ("La Grande Marmite", "Repas de la mairie", "4615,35", "2026-11-21"),
        ("La Grande Marmite", "Goûter de l’école", "180", ""),
    ):
        ines.opens("projects:activities", cohort_id=cohort.pk)
        ines.follows("Noter une vente")
        ines.selects("project", project)
        ines.selects("vat_rate", "5,5 %")
        ines.fills(label=label, customer="Ville de Valbrune", amount=amount)
        ines.fills(sold_on="2026-11-14", paid_on=paid_on)
        ines.presses("Noter")
        ines.sees(label)
    # As receipts print it: 312,40 € and 790,15 € excluding VAT.
    for project, label, total, vat in (
        ("Le jardin du Plateau", "Graines et terreau", "374,88", "62,48"),
        ("La Grande Marmite", "Courses", "948.18", "158.03"),
    ):
        ines.opens("projects:activities", cohort_id=cohort.pk)
        ines.follows("Noter une dépense")
        ines.selects("project", project)
        ines.fills(label=label, supplier="Marché de gros", total=total, vat=vat)
        ines.fills(spent_on="2026-11-12")
        ines.presses("Noter")
    assert (Sale.objects.count(), Expense.objects.count()) == (3, 2)
    ines.opens("projects:activities", cohort_id=cohort.pk)
    totals = ines.table("Par activité, hors TVA").locator("tfoot")
    for amount in ("7 095,35 €", "180,00 €", "1 102,55 €", "5 992,80 €"):
        expect(totals).to_contain_text(words(amount))
