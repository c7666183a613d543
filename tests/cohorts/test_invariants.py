"""What `check_consistency` says of cohorts."""

import datetime as dt

from cohorts.models import Cohort, Contract, Enrolment, Phase
from ct_platform.kit.invariants import all_invariants


def breaches() -> list[str]:
    return [
        sentence
        for invariant in all_invariants()
        if invariant.code.startswith("cohorts.")
        for sentence in invariant.check()
    ]


def test_a_sound_house_says_nothing(people):
    assert breaches() == []


def test_each_breach_is_a_sentence(people):
    cohort = people.a.cohort
    Phase.objects.create(
        cohort=cohort,
        kind="closing",
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on + dt.timedelta(1),
    )
    Contract.objects.filter(enrolment=people.enrolments["amina"]).update(ends_on="2027-09-07")
    Enrolment.objects.filter(pk=people.enrolments["gael"].pk).update(left_on="2026-09-06")
    Cohort.objects.filter(pk=people.b.cohort.pk).update(ends_on="2026-11-28")
    said = breaches()
    assert any("dure 83 jours" in one for one in said)
    assert any("phase closing" in one for one in said)
    assert any("plus de douze mois" in one for one in said)
    assert any("hors de la cohorte" in one for one in said)
