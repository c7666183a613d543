"""Who may touch a person, by seat. The button and the door ask the same question."""

from ct_platform.kit.actor import Actor
from members.models import Person


def can_edit_person(actor: Actor, person: Person) -> bool:
    """The coordinator who sees them. Costs one query."""
    return actor.is_coordinator and Person.objects.visible_to(actor).filter(pk=person.pk).exists()
