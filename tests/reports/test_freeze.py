"""Freezing a report: masked, hashed, on paper, once, for ever."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.invariants import all_invariants
from documents.models import Document
from reports.models import Basis, Snapshot
from reports.rules import fingerprint
from reports.selectors import figures_of
from reports.services.freeze import freeze_snapshot
from tests import factories as make
from tests.factories import TODAY
from tests.reports.scene import Scene, note_hours, pay, set_scene


@pytest.fixture
def scene(people) -> Scene:
    return set_scene(people)


@pytest.fixture
def freeze(people, scene, at):
    def at_day(days: int = 0, **changes) -> Snapshot:
        asked = {"cohort": scene.cohort, "actor": people.actor("driss"), "at": at} | changes
        return freeze_snapshot(**asked | {"at": at + dt.timedelta(days=days)})

    return at_day


def value(snapshot: Snapshot, code: str):
    return next(i["value"] for i in snapshot.figures["figures"] if i["code"] == code)


def breaches(code: str) -> list[str]:
    return [
        sentence
        for one in all_invariants()
        if one.code.startswith(code)
        for sentence in one.check()
    ]


def test_it_keeps_the_figures_their_hash_and_the_paper(freeze, scene):
    snapshot = freeze()
    assert value(snapshot, "people.total") == 16
    assert value(snapshot, "money.paid") == "750.00"
    assert snapshot.figures_hash == fingerprint(snapshot.figures)
    paper = snapshot.document
    assert (paper.kind, paper.subject, paper.cohort_key) == ("report", None, scene.cohort.pk)
    assert paper.snapshot["figures"] == snapshot.figures
    assert (snapshot.period_from, snapshot.period_to) == (scene.cohort.starts_on, TODAY)
    assert breaches("reports.") == []


def test_it_masks_who_left_and_the_committee_of_four(freeze):
    snapshot = freeze()
    assert value(snapshot, "people.left") is None
    assert value(snapshot, "work.committee") is None
    assert value(snapshot, "work.production") is not None


def test_freezing_the_same_figures_again_is_the_same_report(freeze):
    assert freeze() == freeze()
    assert Snapshot.objects.count() == Basis.objects.count() == 1
    assert Document.objects.filter(kind="report").count() == 1


def test_it_refuses_figures_nobody_has_read(freeze, people, scene):
    seen = fingerprint(figures_of(scene.cohort, TODAY).figures)
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())
    with pytest.raises(Stale, match="ont changé depuis l’aperçu"):
        freeze(seen=seen)
    assert not Snapshot.objects.exists()
    assert not Document.objects.filter(kind="report").exists()


def test_it_refuses_before_the_first_day(freeze):
    with pytest.raises(Refused, match="commence le 7 septembre 2026"):
        freeze(days=-120)
    assert not Snapshot.objects.exists()


def test_a_newcomer_is_not_read_from_two_reports(freeze, scene):
    first = freeze()
    make.EnrolmentFactory(cohort=scene.cohort)
    second = freeze(days=7)
    assert value(first, "people.total") == 16
    assert value(second, "people.total") is None
    assert "rapport déjà remis" in second.figures["masked"][0]["why"]
    assert value(second, "work.total") == value(first, "work.total")


def test_hours_that_grew_for_everybody_are_told_and_those_of_one_person_are_not(freeze, scene):
    first = freeze()
    note_hours(scene, dt.date(2026, 11, 16), weeks=1)
    second = freeze(days=7)
    assert value(second, "work.total") > value(first, "work.total")
    make.WorkEntryFactory(enrolment=scene.members[0], confirmed=True, day=dt.date(2026, 12, 1))
    third = freeze(days=14)
    assert value(third, "work.total") is None
    assert value(third, "work.production") is None


def test_a_pay_of_three_people_is_not_read_from_two_reports(freeze, people, scene):
    freeze()
    pay(people, scene, month=dt.date(2026, 11, 1), who=slice(3))
    assert value(freeze(days=7), "money.paid") is None
    pay(people, scene, month=dt.date(2026, 12, 1))
    assert value(freeze(days=14), "money.paid") is not None


def test_a_frozen_report_cannot_be_changed_nor_deleted(freeze):
    snapshot = freeze()
    for act in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(figures={}),
        lambda: Basis.objects.filter(snapshot=snapshot).update(tables={}),
        lambda: Basis.objects.filter(snapshot=snapshot).delete(),
        lambda: Snapshot.objects.filter(pk=snapshot.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    snapshot.refresh_from_db()
    assert snapshot.figures_hash == fingerprint(snapshot.figures)


def test_figures_that_are_not_those_frozen_are_a_breach(freeze, people, at):
    kept = freeze()
    Snapshot.objects.bulk_create(
        [
            Snapshot(
                cohort=people.b.cohort,
                frozen_at=at,
                frozen_by=people.dalia,
                period_from=kept.period_from,
                period_to=kept.period_to,
                figures=kept.figures | {"cohort": "Autre"},
                figures_hash=kept.figures_hash,
                document=make_paper(people, kept),
            )
        ]
    )
    assert len(breaches("reports.figures")) == 2
    assert "base de comparaison" in breaches("reports.masks")[0]


def test_a_figure_shown_against_its_basis_is_a_breach(freeze, people, at):
    kept = freeze()
    shown = [
        item | {"value": 1} if item["code"] in ("people.left", "money.paid") else item
        for item in kept.figures["figures"]
    ]
    other = Snapshot.objects.create(
        cohort=people.b.cohort,
        frozen_at=at,
        frozen_by=people.dalia,
        period_from=kept.period_from,
        period_to=kept.period_to,
        figures=kept.figures | {"figures": shown},
        figures_hash="0" * 64,
        document=make_paper(people, kept),
    )
    Basis.objects.create(snapshot=other, tables=kept.basis.tables)
    assert breaches("reports.masks") == [
        f"Le rapport {other.pk} montre un chiffre qu’il devait masquer."
    ]


def make_paper(people, snapshot: Snapshot) -> Document:
    paper = Document.objects.get(pk=snapshot.document_id)
    paper.pk, paper.code, paper.effect_key = None, "X" * 26, "report:autre"
    paper.save(force_insert=True)
    return paper
