"""A host writes its conditions of sale and its choices of VAT, in dated versions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from documents.models import Counter
from payroll.models import HostSettings
from projects.enums import VatCategory, VatRegime, WayOfSale
from projects.models import SellerTerms, VatDecision
from projects.rules import lowest_late_rate, vat_number_of
from projects.selectors.seller import feet_of, vat_table, warnings_of
from projects.selectors.selling import terms_on
from projects.services.seller import Conditions, decide_vat, write_terms
from tests.factories import NOW, SellerTermsFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


def conditions(**more):
    typed = {
        "in_force_from": DAY,
        "vat_number": "FR 44 732 829 320",
        "series": "ct",
        "delegated_on": dt.date(2026, 1, 5),
        "late_rate": Decimal("12.15"),
        "early_terms": "Pas d’escompte",
        "iban": "FR76 3000 6000 0112 3456 7890 189",
        "bic": "AGRIFRPP",
    }
    return Conditions(**typed | more)


@pytest.fixture
def write(people):
    def write(**more):
        return write_terms(
            host=people.a.host, conditions=conditions(**more), actor=people.actor("helene"), at=NOW
        )

    return write


def test_numbers_are_cleaned_and_checked(write):
    row = write()
    assert (row.vat_number, row.series) == ("FR44732829320", "CT")
    assert row.iban == "FR7630006000011234567890189"


def test_a_change_is_a_new_version_and_the_old_one_stays(write, people):
    write()
    later = DAY + dt.timedelta(days=30)
    write(in_force_from=later, due_days=45)
    assert terms_on(people.a.host.pk, DAY).due_days == 30
    assert terms_on(people.a.host.pk, later).due_days == 45
    with pytest.raises(Refused, match="existe déjà"):
        write(due_days=10)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"vat_number": ""}, "vat_number"),
        ({"vat_number": "FR45732829320"}, "vat_number"),
        # Right in itself, but of another firm.
        ({"vat_number": vat_number_of("552100554")}, "vat_number"),
        ({"due_days": 61}, "due_days"),
        ({"series": ""}, "series"),
        ({"delegated_on": None}, "delegated_on"),
        ({"delegated_on": DAY + dt.timedelta(days=40)}, "delegated_on"),
        ({"series": "D"}, "series"),
        ({"iban": "FR76 3000 6000 0112 3456 7890 188"}, "iban"),
        ({"bic": "AGRI"}, "bic"),
        ({"late_rate": Decimal(51)}, "late_rate"),
        (
            {"vat_regime": VatRegime.FRANCHISE, "vat_number": "", "vat_on_debits": True},
            "vat_on_debits",
        ),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(write, wrong, field):
    with pytest.raises(Refused) as refusal:
        write(**wrong)
    assert refusal.value.field == field
    assert not SellerTerms.objects.exists()


def test_a_series_that_numbers_other_papers_is_refused(write, people):
    Counter.objects.create(issuer_key=people.a.host.pk, series="R", year=2026, last=4)
    with pytest.raises(Refused, match="déjà d’autres papiers"):
        write(series="R")
    # Another host may well use the same letters: numbers are per host.
    Counter.objects.create(issuer_key=people.b.host.pk, series="CT", year=2026, last=4)
    assert write().series == "CT"
    Counter.objects.create(issuer_key=people.a.host.pk, series="CT", year=2026, last=1)
    assert write(in_force_from=DAY + dt.timedelta(days=1)).series == "CT"


def test_the_series_of_the_slips_is_refused_before_any_slip_bears_it(write, people):
    HostSettings.objects.filter(host=people.a.host).update(slip_series="BP")
    with pytest.raises(Refused, match="déjà d’autres papiers") as refusal:
        write(series="bp")
    assert refusal.value.field == "series"
    assert not SellerTerms.objects.exists()


def test_the_foot_says_to_each_what_the_law_says_to_them(write):
    person, firm, authority = (" ".join(foot.sentences) for foot in feet_of(write()))
    assert "40,00" not in person and "Pénalités" not in person
    assert "12,15" in firm and "40,00" in firm
    assert "commande publique" in authority
    assert all("Pas d’escompte" in said for said in (person, firm, authority))
    write_off = SellerTermsFactory.build(vat_regime=VatRegime.FRANCHISE)
    assert "293 B" in feet_of(write_off)[0].sentences[0]


def test_a_rate_under_the_law_warns_and_never_blocks(write):
    row = write(late_rate=Decimal(3))
    assert any("trois fois" in said for said in warnings_of(row, DAY))
    assert lowest_late_rate(DAY) == Decimal("7.86")
    assert not warnings_of(write(in_force_from=DAY + dt.timedelta(days=1)), DAY)


def decide(people, **more):
    typed = {
        "category": VatCategory.FOOD,
        "way": WayOfSale.STORABLE,
        "percent": Decimal("2.1"),
        "in_force_from": DAY,
        "reason": "CGI, article 296 : Martinique",
    }
    return decide_vat(host=people.a.host, actor=people.actor("helene"), **typed | more)


def test_a_decision_prevails_in_the_table_and_keeps_its_history(people):
    decide(people)
    decide(people, percent=Decimal("5.5"), in_force_from=DAY - dt.timedelta(days=9))
    decide(people, percent=Decimal(10), in_force_from=DAY + dt.timedelta(days=9))
    line = next(one for one in vat_table(people.a.host.pk, DAY) if one.code == "food:storable")
    assert (line.percent, line.law) == (Decimal("2.1"), Decimal("5.5"))
    assert [one.percent for one in line.earlier + line.coming] == [Decimal("5.5"), Decimal(10)]
    assert all(one.decision is None for one in vat_table(people.b.host.pk, DAY))


def test_the_same_decision_twice_is_quiet_and_another_of_that_day_is_not(people):
    assert decide(people) == decide(people)
    with pytest.raises(Refused, match="existe déjà"):
        decide(people, percent=Decimal(5))
    assert VatDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"way": WayOfSale.SERVICE}, "way"),
        ({"percent": Decimal(31)}, "percent"),
        ({"percent": Decimal(-1)}, "percent"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_decision_makes_sense_and_says_why(people, wrong, field):
    with pytest.raises(Refused) as refusal:
        decide(people, **wrong)
    assert refusal.value.field == field


def test_the_preview_writes_nothing(enter):
    client = enter("helene")
    address = reverse("projects:seller_terms")
    page = client.get(address)
    typed = {
        "submission_key": page.context["form"]["submission_key"].value(),
        "in_force_from": "2026-12-01",
        "vat_regime": "normal",
        "vat_number": "FR44732829320",
        "due_days": "45",
        "early_terms": "Pas d’escompte",
    }
    shown = client.post(address, typed | {"apercu": "1"})
    assert "45 jours" in shown.content.decode()
    assert not SellerTerms.objects.exists()
    client.post(address, typed)
    assert SellerTerms.objects.get().due_days == 45
