"""Places: the site, and everywhere else where a story was put. Never without the agreement for that use."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.rules.programmes import is_minor
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from testimonials.enums import NoticeKind, TestimonialState, Use, What
from testimonials.models import Agreement, ParentalAgreement, Publication, Testimonial
from testimonials.services import share_cards
from testimonials.services.holding import hold_to_moderate
from testimonials.services.notices import write_notice


def why_not(held: Testimonial, use: str, day: dt.date) -> str:
    """Why these words may not be published there on `day`; "" when they may."""
    if held.state != TestimonialState.APPROVED:
        return _("Ces mots ne sont pas encore acceptés des deux côtés.")
    if not Testimonial.objects.filter(pk=held.pk).agreed_for(use, day).exists():
        return _("L’auteur n’a pas donné son accord pour cet usage, ou cet accord est fini.")
    if is_minor(held.enrolment.person.birth_date, day) and not has_parental(held):
        return _(
            "L’auteur est mineur : il manque l’accord des deux titulaires de l’autorité parentale."
        )
    return ""


def has_parental(held: Testimonial) -> bool:
    """Two holders, or one who is alone and said why."""
    rows = ParentalAgreement.objects.standing().filter(testimonial=held)
    found = list(rows.values_list("alone_because", flat=True))
    return len(found) > 1 or any(found)


def put_on_site(held: Testimonial, *, by_person_id: int, at: dt.datetime) -> str:
    """Publish on our own pages if everything is there; why not, or "". The caller holds the testimonial."""
    day = civil_day(at)
    reason = why_not(held, Use.SITE, day)
    if reason:
        return reason
    standing = Publication.objects.standing().filter(testimonial=held, use=Use.SITE)
    if not standing.exists():
        Publication.objects.create(
            testimonial=held,
            use=Use.SITE,
            published_on=day,
            published_at=at,
            noted_by_id=by_person_id,
        )
        write_notice(held, NoticeKind.PUBLISHED, key=day.isoformat(), at=at)
    return ""


def take_off_site(held: Testimonial, at: dt.datetime) -> None:
    Publication.objects.standing().filter(testimonial=held, use=Use.SITE).update(taken_down_at=at)
    share_cards.purge(held)


@transaction.atomic
def note_publication(
    *,
    testimonial: Testimonial,
    use: str,
    name: str,
    url: str = "",
    published_on: dt.date,
    with_photo: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> Publication:
    """Keep where the words were put elsewhere, so that a withdrawal finds every place. Twice: once.

    Raises Refused without the author's agreement for that use, on that day and still today.
    """
    held = hold_to_moderate(testimonial, actor)
    if use == Use.SITE or use not in Use.values:
        raise Refused(_("Choisissez l’usage."), field="use")
    if published_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="published_on")
    if reason := why_not(held, use, civil_day(at)):
        raise Refused(reason, field="use")
    photo_agreed = Agreement.objects.standing(civil_day(at)).filter(
        testimonial=held, use=use, what=What.PHOTO
    )
    if with_photo and not photo_agreed.exists():
        raise Refused(_("L’auteur n’a pas donné son accord pour sa photo ici."), field="with_photo")
    if not name.strip():
        raise Refused(_("Écrivez où : titre, compte ou numéro du rapport."), field="name")
    same = {"testimonial": held, "use": use, "name": name.strip(), "url": url.strip()}
    found: Publication | None = Publication.objects.filter(
        **same, published_on=published_on, flagged_at__isnull=True
    ).first()
    if found is not None:
        return found
    made: Publication = Publication.objects.create(
        **same,
        published_on=published_on,
        with_photo=with_photo,
        published_at=at,
        noted_by_id=actor.person_id,
    )
    return made


@transaction.atomic
def settle(*, publication: Publication, note: str, actor: Actor, at: dt.datetime) -> None:
    """What was done about a place elsewhere after a withdrawal. Repeating is a quiet no-op."""
    hold_to_moderate(publication.testimonial, actor)
    if not note.strip():
        raise Refused(_("Dites ce qui a été fait."), field="note")
    if publication.flagged_at is None:
        raise Refused(_("Rien n’est à retirer ici."))
    Publication.objects.to_contact().filter(pk=publication.pk).update(
        settled_at=at, settled_by_id=actor.person_id, settled_note=note.strip()[:300]
    )


@transaction.atomic
def note_parental(
    *,
    testimonial: Testimonial,
    holder: str,
    quality: str,
    how: str,
    proof: str,
    agreed_on: dt.date,
    alone_because: str = "",
    actor: Actor,
    at: dt.datetime,
) -> str:
    """Note that a holder of parental authority agrees, with the proof. Why it is not yet public, or "".

    Raises Refused when the author is of age: nobody agrees in their stead.
    """
    held = hold_to_moderate(testimonial, actor)
    if not is_minor(held.enrolment.person.birth_date, civil_day(at)):
        raise Refused(_("L’auteur est majeur : son accord suffit, et lui seul le donne."))
    if agreed_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="agreed_on")
    rows = ParentalAgreement.objects.standing().filter(testimonial=held)
    if not rows.filter(holder__iexact=holder.strip()).exists():
        ParentalAgreement.objects.create(
            testimonial=held,
            holder=holder.strip(),
            quality=quality.strip(),
            how=how,
            proof=proof.strip(),
            agreed_on=agreed_on,
            alone_because=alone_because.strip(),
            noted_by_id=actor.person_id,
            noted_at=at,
        )
    return put_on_site(held, by_person_id=actor.person_id, at=at)
