"""The privacy page tells every drawer where a person may be: none is forgotten, none is invented."""

from django.apps import apps
from django.db import models

from ct_platform.kit import retention
from tests.test_consistency import OURS

PEOPLE = {"members.Person", "members.User", "cohorts.Enrolment"}
# Columns that say who somebody is, or how to reach them.
TELLING = {
    "first_name", "last_name", "birth_date", "email", "phone", "address", "contact", "reach",
    "signed_as", "helper_name", "to",
}  # fmt: skip


def tells_of_somebody(model: type[models.Model]) -> bool:
    return any(
        field.name in TELLING
        or (isinstance(field, models.ForeignKey) and field.related_model._meta.label in PEOPLE)
        for field in model._meta.fields
    )


def labels() -> dict[str, type[models.Model]]:
    return {
        f"{app}.{model.__name__}": model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    }


def test_every_table_where_a_person_may_be_is_told_on_the_privacy_page():
    told = retention.tables()
    assert (
        sorted(n for n, model in labels().items() if tells_of_somebody(model) and n not in told)
        == []
    )


def test_no_row_tells_of_a_table_that_is_not_there():
    assert retention.tables() - set(labels()) == set()


def test_the_page_prints_each_row_with_its_duration(client, db):
    page = client.get("/donnees-personnelles/").content.decode()
    assert "24 mois après le dernier contact" in page
    assert "12 mois après la réponse" in page
    assert page.count("<tr>") == len(retention.told()) + 1
