"""The words of an answer: yes, not yet, not this time. Never a reason, never a comparison."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.enums.recruiting import AnswerWay, ApplicationState
from cohorts.models import Application, ApplicationAnswer, Cohort
from ct_platform.kit.clock import format_day
from ct_platform.kit.mail import Mail
from members import sms


@dataclass(frozen=True, slots=True)
class Letter:
    """What one answer says, on whatever it is carried."""

    answer: ApplicationAnswer
    application: Application
    cohort: Cohort
    subject: str
    sentences: list[str]


def letter_of(answer: ApplicationAnswer) -> Letter:
    """The answer in sentences. `answer` comes with its application, cohort, territory and host."""
    application, cohort = answer.application, answer.application.cohort
    words = {"cohort": cohort.name, "first": format_day(cohort.starts_on)}
    match answer.outcome:
        case ApplicationState.SELECTED:
            subject = _("Vous êtes retenu·e : %(cohort)s") % words
            said = [
                _("Bonne nouvelle : votre candidature est retenue.") % words,
                _("La coopérative « %(cohort)s » commence le %(first)s.") % words,
                _(
                    "Nous vous appelons bientôt pour préparer votre arrivée. Si vous avez changé "
                    "d’avis, dites-le-nous : quelqu’un attend peut-être une place."
                ),
            ]
        case ApplicationState.WAITING:
            subject = _("Votre candidature est en liste d’attente : %(cohort)s") % words
            said = [
                _("Merci pour votre candidature à la coopérative « %(cohort)s ».") % words,
                _(
                    "Toutes les places sont prises pour l’instant. Vous êtes sur la liste d’attente : "
                    "si une place se libère, nous vous appelons."
                ),
                _("Vous n’avez rien à faire."),
            ]
        case _other:
            subject = _("Réponse à votre candidature : %(cohort)s") % words
            said = [
                _("Merci pour votre candidature à la coopérative « %(cohort)s ».") % words,
                _(
                    "Nous ne pouvons pas vous y accueillir cette fois : il y a moins de places que de "
                    "personnes."
                ),
                _(
                    "Vous pouvez candidater à une prochaine coopérative, et nous demander de parler de "
                    "cette réponse."
                ),
            ]
    if answer.word:
        said.append(answer.word)
    return Letter(answer, application, cohort, subject, said)


def deliver(answer: ApplicationAnswer) -> None:
    """Hand an answer over to its way. OSError or SMTPException when it did not leave."""
    with translation.override("fr"):
        letter = letter_of(answer)
        if answer.way == AnswerWay.SMS:
            sms.backend().send(letter.application.phone, short_of(letter))
            return
        body = render_to_string("cohorts/mail/application_answer.txt", {"letter": letter})
    Mail(subject=letter.subject, body=body, to=[letter.application.email]).send()


def short_of(letter: Letter) -> str:
    """The SMS. The outcome is in it: who has no e-mail has no other page to open."""
    words = {
        "name": letter.application.first_name,
        "cohort": letter.cohort.name,
        "first": format_day(letter.cohort.starts_on),
    }
    match letter.answer.outcome:
        case ApplicationState.SELECTED:
            said = _(
                "%(name)s, votre candidature à %(cohort)s est retenue. Début le %(first)s. "
                "Nous vous appelons bientôt."
            )
        case ApplicationState.WAITING:
            said = _(
                "%(name)s, vous êtes en liste d’attente pour %(cohort)s. Si une place se libère, "
                "nous vous appelons."
            )
        case _other:
            said = _(
                "%(name)s, merci pour votre candidature à %(cohort)s. Il n’y a pas de place cette "
                "fois. Vous pourrez candidater à une prochaine."
            )
    return " ".join(filter(None, [said % words, letter.answer.word]))
