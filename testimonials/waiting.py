"""What testimonials knows that waits in a cohort: words to read before they are published."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial


def _words(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s témoignage à relire", "%(n)s témoignages à relire", pile.count)
    text = _("Avant de paraître sur le site public.")
    url = door("testimonials:of_cohort", pile)
    return Line("bulle", title % {"n": pile.count}, text, url, state=_("Sans urgence"), tone="wait")


def register_all() -> None:
    waiting.register(
        Source(
            "words",
            95,
            lambda today: Testimonial.objects.filter(state=TestimonialState.SUBMITTED),
            _words,
        )
    )
