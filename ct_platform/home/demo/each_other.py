"""Hours of the demo that one notes for another: Nadia without her phone, her colleague who writes."""

import uuid

from ct_platform.home.demo.scene import DAY, Scene
from projects.enums import WorkKind
from projects.models import Project
from projects.services import work


def note_for_each_other(scene: Scene) -> None:
    """Fatoumata wrote three hours of yesterday for Nadia, who has not said yes yet."""
    kitchen = Project.objects.of_cohort(scene.cohort.pk).get(trade="cuisine")
    work.offer_hours(
        enrolment=scene.enrolments["Cherif"],
        day=scene.today - DAY,
        minutes=180,
        starts_at=9 * 60,
        kind=WorkKind.PRODUCTION,
        project=kitchen,
        client_uuid=uuid.uuid5(uuid.NAMESPACE_OID, "demo:for-nadia"),
        actor=scene.voice("Keïta"),
        at=scene.at,
    )
