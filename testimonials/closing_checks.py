"""What a closing looks at among testimonials, and what stays open once a cohort is archived."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts import archive
from cohorts.closing import Check, lines, register
from cohorts.enums.closing import Severity
from cohorts.models import Cohort
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial

_WAITS = (TestimonialState.TOLD, TestimonialState.SUBMITTED)


def _waiting(cohort: Cohort, today: dt.date) -> Any:
    rows = Testimonial.objects.of_cohort(cohort.pk).filter(state__in=_WAITS)
    return lines("testimonials", rows, person="enrolment__person")


def register_checks() -> None:
    """Called once, from TestimonialsConfig.ready()."""
    archive.keep_open(
        "Words are taken back whenever their author or who answers for them wishes (RGPD art. 7-3).",
        "testimonials:withdraw",
        "testimonials:link",
        "testimonials:decline",
        "testimonials:withdraw_for",
        "testimonials:settle",
    )
    archive.keep_open(
        "A story is asked three, six and twelve months after, and told whenever somebody wishes.",
        "testimonials:mine",
        "testimonials:edit",
        "testimonials:answer",
        "testimonials:answer_ask",
        "testimonials:agree_more",
        "testimonials:helped",
        "testimonials:approve",
        "testimonials:propose",
        "testimonials:on_paper",
        "testimonials:parental",
        "testimonials:add_place",
    )
    register(
        Check(
            code="testimonials",
            title=_("Témoignages à relire"),
            settled=_("Aucun témoignage n’attend."),
            why=_("Quelqu’un a écrit ses mots et attend une réponse."),
            severity=Severity.WARNS,
            icon="bulle",
            rows=_waiting,
            tell=lambda line: _say("Des mots à relire."),
            mend=lambda cohort, line: reverse("testimonials:of_cohort", args=[cohort.pk]),
        )
    )
