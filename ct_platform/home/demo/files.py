"""The enrolment files of the demo cohort: most are complete, some wait, one answer was corrected."""

import datetime as dt

from cohorts.models import Cohort, Enrolment
from cohorts.services.entry_files import write_address, write_answers
from cohorts.services.places import locate_by_hand
from cohorts.services.questionnaires import name_operation
from cohorts.services.sensitive import write_sensitive
from ct_platform.home.demo.scene import Scene
from ct_platform.kit import clock

# Invented answers by rank, in the order of COOPERANTS: labour, since (days before), income, diploma,
# household, housing, sex.
_ANSWERS = (
    ("registered", 500, "rsa", "vocational", "single_parent", "social_tenant", "F"),
    ("registered", 200, "ass", "baccalaureate", "couple_children", "tenant", "M"),
    ("inactive", 0, "rsa", "none", "couple_children", "social_tenant", "F"),
    ("seeking", 700, "refused", "lower", "alone", "hosted", "M"),
    ("student", 0, "none", "short", "with_family", "social_tenant", "F"),
    ("registered", 900, "ass", "lower", "alone", "tenant", "F"),
    ("registered", 300, "none", "bachelor", "couple", "tenant", "M"),
    ("seeking", 400, "rsa", "none", "single_parent", "social_tenant", "F"),
    ("registered", 1200, "rsa", "vocational", "alone", "social_tenant", "M"),
    ("inactive", 0, "aspa", "lower", "couple", "owner", "F"),
    ("registered", 250, "none", "master", "couple_children", "tenant", "F"),
    ("employed", 0, "none", "baccalaureate", "with_family", "refused", "M"),
    ("", 0, "rsa", "", "single_parent", "social_tenant", "F"),
    ("registered", 0, "", "vocational", "", "tenant", "F"),
)
_WITH_SENSITIVE = 6


def fill_files(scene: Scene) -> None:
    """Filled in with the coordinator before the first day; the last persons' files still wait."""
    cohort, at, coordinator = scene.cohort, scene.at, scene.coordinator
    before = dt.datetime.combine(
        cohort.starts_on - dt.timedelta(days=3), dt.time(14), tzinfo=clock.PARIS
    )
    name_operation(cohort=cohort, operation="DÉMO-2026-014", actor=coordinator)
    rows = Enrolment.objects.of_cohort(cohort.pk).select_related("person").order_by("pk")
    for rank, (enrolment, answers) in enumerate(zip(rows, _ANSWERS, strict=False)):
        told = {"enrolment": enrolment, "actor": coordinator, "at": before}
        write_answers(answers=_answers(cohort, *answers), **told)
        write_address(
            address=f"{rank + 2} allée des Tilleuls", postcode="99100", city="Valbrune", **told
        )
        if rank < len(_ANSWERS) - 1:
            inside = rank % 4 != 3
            locate_by_hand(
                quarter_code="QN09901" if inside else "",
                evidence="carte officielle, vue ensemble le jour de l’inscription",
                **told,
            )
        if rank < _WITH_SENSITIVE:
            write_sensitive(
                answers={"disability": "yes" if rank == 2 else "no", "homeless": "refused"}, **told
            )
    first = rows[0]
    write_answers(
        enrolment=first,
        answers={"diploma": "baccalaureate"},
        reason="Diplôme retrouvé : un bac professionnel, pas un BEP.",
        actor=coordinator,
        at=at,
    )


def _answers(
    cohort: Cohort, labour: str, days: int, income: str, diploma: str, household: str,
    housing: str, sex: str,
) -> dict[str, str]:  # fmt: skip
    since = (cohort.starts_on - dt.timedelta(days=days)).isoformat() if days else ""
    return {
        "labour": labour, "seeking_since": since, "minimum_income": income, "diploma": diploma,
        "household": household, "housing": housing, "sex": sex, "rural": "no",
        "birth_place": "Valbrune",
    }  # fmt: skip
