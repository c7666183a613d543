"""Tables made in one step of a migration, keys in a circle included."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from ct_platform.kit.together import CreateTogether

KEY = models.BigAutoField(primary_key=True)


def field(to: str) -> models.ForeignKey:
    return models.ForeignKey(to, null=True, on_delete=models.PROTECT, related_name="+")


STEP = CreateTogether(
    [
        migrations.CreateModel("Hen", [("id", KEY.clone()), ("egg", field("kit.Egg"))]),
        migrations.CreateModel("Egg", [("id", KEY.clone()), ("hen", field("kit.Hen"))]),
    ]
)


@pytest.mark.django_db(transaction=True)
def test_tables_that_point_at_each_other_are_made_and_taken_away() -> None:
    before = ProjectState()
    after = before.clone()
    STEP.state_forwards("kit", after)
    with connection.schema_editor(atomic=True) as editor:
        STEP.database_forwards("kit", editor, before, after)
    try:
        made = connection.introspection.table_names()
        hen, egg = after.apps.get_model("kit", "Hen"), after.apps.get_model("kit", "Egg")
        one = hen.objects.create(egg=egg.objects.create())
        egg.objects.update(hen=one)
        assert {"kit_hen", "kit_egg"} <= set(made)
        hen.objects.update(egg=None)
        egg.objects.all().delete()
        hen.objects.all().delete()
    finally:
        with connection.schema_editor(atomic=True) as editor:
            STEP.database_backwards("kit", editor, after, before)
    assert not {"kit_hen", "kit_egg"} & set(connection.introspection.table_names())


def test_a_state_already_rendered_knows_the_new_tables() -> None:
    state = ProjectState()
    assert not state.apps.all_models["kit"]
    STEP.state_forwards("kit", state)
    assert set(state.apps.all_models["kit"]) == {"hen", "egg"}


def test_a_step_writes_itself_down_again() -> None:
    name, args, kwargs = STEP.deconstruct()
    assert (name, args) == ("CreateTogether", [])
    assert [one.name for one in kwargs["models"]] == ["Hen", "Egg"]
