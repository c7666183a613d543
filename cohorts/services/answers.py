"""Answering everybody who applied: by mail, by SMS or on paper, each outcome once."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.recruiting import AnswerWay
from cohorts.models import Application, ApplicationAnswer, Cohort
from cohorts.selectors.recruiting import Answers, answers_of, untold_applications
from cohorts.services import answer_words
from ct_platform.kit.delivery import DeliveryStatus, deliver, send_keys
from members import sms

TASK = "cohorts.tasks.send_application_answers"
# A mail server that is down is not back in a minute: one hour, then two.
_WAIT = dt.timedelta(hours=1)


def way_to(application: Application) -> AnswerWay:
    """By mail, else by SMS where SMS really leave, else on paper: nobody is without a way."""
    if application.email:
        return AnswerWay.MAIL
    if application.phone and sms.backend().delivers:
        return AnswerWay.SMS
    return AnswerWay.LETTER


def standing_of(cohort: Cohort) -> Answers:
    """Where answers stand: who is to be told and how, what waits, what failed. Four queries."""
    ways = {one.pk: way_to(one) for one in untold_applications(cohort)}
    return answers_of(cohort, ways)


@transaction.atomic
def answer_all(
    *, cohort: Cohort, keys: Collection[int], word: str, at: dt.datetime
) -> list[ApplicationAnswer]:
    """Write the answer of these decided applications, with one `word` of practical news for all.

    Who was already told that outcome is passed over. Mails and SMS leave once the transaction holds;
    letters wait to be printed. Three queries, whatever their number.
    """
    chosen = Application.objects.of_cohort(cohort.pk).untold().filter(pk__in=keys)
    # Locked: a decision changed at this very moment is answered as it stands, not as it stood.
    applications = list(chosen.select_for_update(of=("self",)).order_by("pk"))
    ApplicationAnswer.objects.bulk_create(
        [
            ApplicationAnswer(
                application=one, outcome=one.state, way=way_to(one), word=word.strip(), sent_at=at
            )
            for one in applications
        ],
        ignore_conflicts=True,
    )
    written = list(
        ApplicationAnswer.objects.current().filter(
            application__in=applications, status=DeliveryStatus.WAITING
        )
    )
    _leave([one.pk for one in written if not one.is_letter])
    return written


def _leave(keys: Sequence[int]) -> None:
    if keys:
        transaction.on_commit(lambda: send(keys), robust=True)


def send(keys: Sequence[int]) -> int:
    """Queue these messages by their keys; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, answer_id: int, at: dt.datetime) -> bool:
    """Send one answer if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op. What was
    decided otherwise since, or erased, is not sent.
    """
    token = ApplicationAnswer.objects.sendable().claim(answer_id, at)
    if token is None:
        return False
    answer = ApplicationAnswer.objects.select_related(
        "application__cohort__territory", "application__cohort__host"
    ).get(pk=answer_id)
    application = answer.application
    if application.state != answer.outcome or application.erased_at is not None:
        ApplicationAnswer.objects.drop(answer_id, token, _("La décision a changé avant l’envoi."))
        return False
    return deliver(answer, token, lambda: answer_words.deliver(answer), at=at, wait=_WAIT)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; returns how many."""
    rows = ApplicationAnswer.objects.sendable()
    lost = rows.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


@transaction.atomic
def try_again(*, cohort: Cohort, at: dt.datetime) -> int:
    """Send once more the answers that did not leave, and that still stand; how many."""
    failed = ApplicationAnswer.objects.of_cohort(cohort.pk).failed().current().sendable()
    keys = list(failed.values_list("pk", flat=True))
    ApplicationAnswer.objects.filter(pk__in=keys).retry(at)
    _leave(keys)
    return len(keys)


@transaction.atomic
def put_on_paper(*, cohort: Cohort) -> int:
    """Turn the answers that did not leave into letters to print; how many."""
    failed = ApplicationAnswer.objects.of_cohort(cohort.pk).failed().current().sendable()
    keys = list(failed.values_list("pk", flat=True))
    return ApplicationAnswer.objects.filter(pk__in=keys, status=DeliveryStatus.FAILED).update(
        way=AnswerWay.LETTER, status=DeliveryStatus.WAITING, attempts=0, error=""
    )


@transaction.atomic
def note_posted(*, cohort: Cohort, keys: Collection[int], at: dt.datetime) -> int:
    """Note that these letters were posted or handed over; how many. Noting it twice changes nothing."""
    letters = ApplicationAnswer.objects.of_cohort(cohort.pk).letters().filter(pk__in=keys)
    waiting = list(letters.filter(status=DeliveryStatus.WAITING).values_list("pk", flat=True))
    return ApplicationAnswer.objects.filter(pk__in=waiting, status=DeliveryStatus.WAITING).update(
        status=DeliveryStatus.DONE, finished_at=at
    )
