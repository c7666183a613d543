"""What reports know that waits in a cohort: to read again, to send, asked for, questioned, owed to funders."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from reports.enums import AT_HOME
from reports.models import FundingDue, Question, Report, ReportRequest


def _reports(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s rapport à relire", "%(n)s rapports à relire", pile.count)
    text = _("Vos partenaires ne le lisent qu’après votre envoi.")
    url = door("reports:of_cohort", pile)
    return Line("graphique", title % {"n": pile.count}, text, url, state=_("Sans urgence"))


def _questions(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s question de partenaire", "%(n)s questions de partenaires", pile.count)
    text = _("Sur un chiffre d’un rapport. Le rapport attend votre réponse.")
    url = door("reports:of_cohort", pile)
    return Line("bulle", title % {"n": pile.count}, text, url, state=_("À répondre"), tone="wait")


def _requests(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s rapport demandé", "%(n)s rapports demandés", pile.count)
    text = _("Un partenaire attend un rapport de cette coopérative.")
    url = door("reports:of_cohort", pile)
    return Line(
        "graphique", title % {"n": pile.count}, text, url, state=_("À préparer"), tone="wait"
    )


def _dues(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s bilan à remettre à un financeur",
        "%(n)s bilans à remettre à un financeur",
        pile.count,
    )
    text = _("Passé ce jour, le versement peut attendre ou baisser.")
    return Line(
        "cagnotte", title % {"n": pile.count}, text, reverse("reports:funding"),
        law=_("convention de financement"), due_on=pile.due_on,
    )  # fmt: skip


# What funders wait for is said some weeks before: a balance sheet is not written in a day.
AHEAD = dt.timedelta(days=60)


def register_all() -> None:
    for source in (
        Source(
            "report_questions",
            88,
            lambda today: Question.objects.unanswered(),
            _questions,
            cohort="report__cohort_id",
        ),
        Source(
            "report_requests",
            90,
            lambda today: ReportRequest.objects.waiting(),
            _requests,
            cohort="cohort_id",
        ),
        Source(
            "reports",
            92,
            lambda today: Report.objects.filter(state__in=AT_HOME),
            _reports,
            cohort="cohort_id",
        ),
        Source(
            "funding_dues",
            40,
            lambda today: FundingDue.objects.due_before(today + AHEAD),
            _dues,
            cohort="line__shares__cohort_id",
            due="due_on",
        ),
    ):
        waiting.register(source)
