"""Beside the news of three, six and twelve months: whoever just gave some may tell their story."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts import after_news
from cohorts.after_news import Proposal
from cohorts.models import Enrolment
from testimonials.selectors.asking import asked_of


def _proposal(enrolment: Enrolment, today: dt.date) -> Proposal | None:
    if asked_of(enrolment, today) is None:
        return None
    return Proposal(
        title=_("Tu veux raconter ?"),
        text=_("Quelques mots, écrits ou dits. Rien ne paraît sans ton accord."),
        url=reverse("testimonials:mine"),
        action=_("Laisser mes mots"),
    )


def register_all() -> None:
    after_news.register(_proposal)
