"""Consumers leave the list of customers when their time is over; firms, and who still bought, stay."""

import datetime as dt

import pytest

from cohorts.services.erasing import erase_what_is_old
from projects.models import Customer
from projects.rules.keeping import buyer_until, prospect_until
from tests import factories as make
from tests.factories import NOW
from tests.projects.issued import issued_invoice

pytestmark = pytest.mark.django_db


def somebody(people, **more):
    more = {"kind": "person", "siret": "", "name": "Rosa Almeida", "phone": "+33639980001"} | more
    return make.CustomerFactory(cohort=people.a.cohort, **more)


def erased(at):
    return dict(erase_what_is_old(at=at).others)["clients"]


def test_the_days_are_those_of_the_law():
    assert prospect_until(dt.date(2024, 2, 29)) == dt.date(2027, 2, 28)
    assert buyer_until(dt.date(2026, 3, 1)) == dt.date(2036, 12, 31)


def test_who_never_bought_leaves_three_years_after_the_last_contact(people):
    row, firm = somebody(people), make.CustomerFactory(cohort=people.a.cohort)
    three_years = NOW.replace(year=NOW.year + 3)
    assert erased(three_years) == 0
    assert erased(three_years + dt.timedelta(days=1)) == 1
    assert erased(three_years + dt.timedelta(days=2)) == 0
    row.refresh_from_db()
    assert (row.name, row.phone, row.email, row.address) == ("Client effacé", "", "", "")
    assert row.archived_at is not None
    assert Customer.objects.get(pk=firm.pk).name == firm.name


def test_who_bought_stays_as_long_as_the_books(people):
    row = somebody(people)
    project = make.ProjectFactory(cohort=people.a.cohort)
    invoice = issued_invoice(project, ("100.00", "20"), customer=row)
    end = dt.datetime(2036, 12, 31, 12, tzinfo=dt.UTC)
    assert erased(end) == 0
    assert erased(end + dt.timedelta(days=1)) == 1
    invoice.refresh_from_db()
    assert invoice.customer.name == "Client effacé"
