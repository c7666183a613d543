"""What testimonials knows that waits in a cohort: words to read or write down, places to contact."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from testimonials.enums import TestimonialState
from testimonials.models import Publication, Testimonial


def _words(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s témoignage à relire", "%(n)s témoignages à relire", pile.count)
    text = _("Avant de paraître sur le site public.")
    url = door("testimonials:of_cohort", pile)
    return Line("bulle", title % {"n": pile.count}, text, url, state=_("Sans urgence"), tone="wait")


def _voices(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s témoignage à mettre par écrit", "%(n)s témoignages à mettre par écrit", pile.count
    )
    text = _("Quelqu’un a raconté avec sa voix.")
    url = door("testimonials:of_cohort", pile)
    return Line("son", title % {"n": pile.count}, text, url, state=_("Sans urgence"), tone="wait")


def _places(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s endroit où un témoignage est à retirer",
        "%(n)s endroits où un témoignage est à retirer",
        pile.count,
    )
    text = _(
        "L’accord est retiré ou fini. Notre site est déjà à jour ; les autres sont à contacter."
    )
    url = door("testimonials:of_cohort", pile)
    law = _("RGPD, article 17.2")
    return Line(
        "alerte",
        title % {"n": pile.count},
        text,
        url,
        law=law,
        state=_("Dès que possible"),
        tone="warn",
    )


def register_all() -> None:
    waiting.register(
        Source(
            "words",
            95,
            lambda today: Testimonial.objects.filter(state=TestimonialState.SUBMITTED),
            _words,
        )
    )
    waiting.register(
        Source(
            "voices",
            94,
            lambda today: Testimonial.objects.filter(state=TestimonialState.TOLD),
            _voices,
        )
    )
    waiting.register(
        Source(
            "story_places",
            15,
            lambda today: Publication.objects.to_contact(),
            _places,
            cohort="testimonial__enrolment__cohort_id",
        )
    )
