"""Reading again: nothing is public before the author and the coordinator agree on the same version."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move
from testimonials import perms
from testimonials.enums import TESTIMONIAL_ALLOWED, AgreedHow, NoticeKind, TestimonialState
from testimonials.models import Agreement, Testimonial, Version
from testimonials.services.agreements import Given, grant
from testimonials.services.holding import hold_own, hold_to_moderate, last_version, next_number
from testimonials.services.notices import write_notice
from testimonials.services.publications import put_on_site, take_off_site

_S = TestimonialState


@transaction.atomic
def approve_words(*, testimonial: Testimonial, actor: Actor, at: dt.datetime) -> str:
    """Accept the author's own words as they are, and publish them. Why they are not public yet, or "".

    Repeating is a quiet no-op; refused once no consent is left.
    """
    held = hold_to_moderate(testimonial, actor)
    if held.state != _S.APPROVED:
        if held.state != _S.SUBMITTED:
            raise Refused(_("Ces mots n’attendent pas votre lecture."))
        if not _agreed(held, at):
            raise Refused(
                _("Le consentement n’est plus valable : ces mots ne peuvent pas être publiés.")
            )
        _accept(held, by_id=actor.person_id, decided_by_id=actor.person_id, at=at)
    return put_on_site(held, by_person_id=actor.person_id, at=at)


@transaction.atomic
def propose_version(
    *, testimonial: Testimonial, text: str, note: str = "", actor: Actor, at: dt.datetime
) -> Version:
    """Suggest cuts, or the words of a recording; the author says yes, no, or otherwise. Twice: once."""
    held = hold_to_moderate(testimonial, actor)
    text = text.strip()
    if not perms.can_propose(held):
        raise Refused(_("Ces mots n’attendent pas votre lecture."))
    if not text:
        raise Refused(_("Écrivez au moins une phrase."), field="text")
    if text == held.text:
        raise Refused(
            _("Rien ne change : publiez ces mots tels quels, ou changez-les."), field="text"
        )
    last = last_version(held)
    if held.state == _S.PROPOSED and last is not None and last.text == text:
        return last
    made: Version = Version.objects.create(
        testimonial=held, number=next_number(held), text=text, note=note.strip()[:300],
        written_by_id=actor.person_id, written_at=at, by_author=False,
    )  # fmt: skip
    if held.state != _S.PROPOSED:
        move(held, _S.PROPOSED, allowed=TESTIMONIAL_ALLOWED, by_person_id=actor.person_id, at=at)
    write_notice(held, NoticeKind.PROPOSED, key=str(made.number), at=at)
    return made


@transaction.atomic
def answer_version(
    *,
    testimonial: Testimonial,
    number: int,
    accepts: bool,
    given: Given | None = None,
    actor: Actor,
    at: dt.datetime,
) -> str:
    """The author's yes or no to version `number`. Why it is not public yet, or "".

    A yes is to the text that was on their screen: Stale when another came since. It needs a use
    agreed to, given before or with it.
    """
    held = hold_own(testimonial, actor)
    version = _pending(held, number)
    if version is None:
        return ""
    if accepts:
        return _yes(held, version, given, AgreedHow.PHONE, actor.person_id, at)
    Version.objects.filter(pk=version.pk).update(refused_at=at)
    back = _S.SUBMITTED if held.text else _S.TOLD
    move(held, back, allowed=TESTIMONIAL_ALLOWED, by_person_id=actor.person_id, at=at)
    return ""


@transaction.atomic
def agree_to_more(*, testimonial: Testimonial, given: Given, actor: Actor, at: dt.datetime) -> None:
    """A use more, or a later end, for words already told; what only lacked that is published."""
    held = hold_own(testimonial, actor)
    if held.state == _S.WITHDRAWN:
        raise Refused(_("Ces mots sont retirés. Tu peux en écrire d’autres."))
    grant(held, given, at)
    put_on_site(held, by_person_id=actor.person_id, at=at)


@transaction.atomic
def accept_on_paper(
    *, testimonial: Testimonial, number: int, given: Given, actor: Actor, at: dt.datetime
) -> str:
    """Note the yes that the author signed on paper, who saw it signed and where the sheet lies."""
    held = hold_to_moderate(testimonial, actor)
    if perms.is_author(actor, held):
        raise Refused(_("Vos propres mots s’acceptent sur votre téléphone."))
    version = _pending(held, number)
    if version is None:
        return ""
    Version.objects.filter(pk=version.pk).update(witness=given.witness, proof=given.proof)
    return _yes(held, version, given, AgreedHow.PAPER, actor.person_id, at)


def _pending(held: Testimonial, number: int) -> Version | None:
    """The version that waits; None when that very one was already answered."""
    last = last_version(held)
    if last is None or last.number != number:
        raise Stale(_("Le texte a changé depuis. Recharge la page pour lire le dernier."))
    if last.agreed_at is not None or last.refused_at is not None:
        return None
    if held.state != _S.PROPOSED:
        raise Refused(_("Ces mots n’attendent plus de réponse."))
    return last


def _yes(
    held: Testimonial,
    version: Version,
    given: Given | None,
    how: AgreedHow,
    by_id: int,
    at: dt.datetime,
) -> str:
    if given is not None and given.uses:
        grant(held, given, at)
    if not _agreed(held, at):
        raise Refused(_("Coche au moins un endroit où ces mots peuvent paraître."), field="uses")
    Version.objects.filter(pk=version.pk).update(agreed_at=at, agreed_how=how)
    Testimonial.objects.filter(pk=held.pk).update(text=version.text)
    held.text = version.text
    # Whoever proposed it agreed by proposing it.
    _accept(held, by_id=by_id, decided_by_id=version.written_by_id, at=at)
    return put_on_site(held, by_person_id=by_id, at=at)


def _accept(held: Testimonial, *, by_id: int, decided_by_id: int, at: dt.datetime) -> None:
    move(
        held,
        _S.APPROVED,
        allowed=TESTIMONIAL_ALLOWED,
        by_person_id=by_id,
        at=at,
        decided_by_id=decided_by_id,
        decided_at=at,
    )


def _agreed(held: Testimonial, at: dt.datetime) -> bool:
    return bool(
        Agreement.objects.standing(civil_day(at)).filter(testimonial=held, what="words").exists()
    )


@transaction.atomic
def decline_words(*, testimonial: Testimonial, actor: Actor, at: dt.datetime) -> None:
    """Do not publish, or take down what was published; the author still sees their words."""
    held = hold_to_moderate(testimonial, actor)
    if held.state == _S.DECLINED:
        return
    move(
        held,
        _S.DECLINED,
        allowed=TESTIMONIAL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        decided_by_id=actor.person_id,
        decided_at=at,
    )
    take_off_site(held, at)
