"""A link to one report, for who has no account. Its secret is shown once and kept as a keyed hash."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import blind_indexes, seal, unseal
from ct_platform.kit.errors import Refused
from reports.enums import STANDING
from reports.models import Report, ShareLink
from reports.rules.exchange import LONGEST_SHARE

_PLACE = "reports_sharelink|token"
_SHOWN = "report_link"
_SALT = "reports.share.pass"
# Long enough to read and to fetch the paper; then the button is pressed again, and counted again.
PASS_SECONDS = 3600
MOST_OPEN = 20


class LinkClosed(Refused):
    """The link opens nothing; `known` tells a wrong address from a link that is over."""

    def __init__(self, sentence: str, *, known: bool) -> None:
        super().__init__(sentence)
        self.known = known


@transaction.atomic
def make_link(
    *,
    report: Report,
    organisation_id: int,
    label: str,
    expires_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> tuple[ShareLink, str]:
    """Make a link printed with the name of one organisation the report was sent to, and its secret.

    Refused for a report that does not stand, an organisation that did not receive it, a day past or
    beyond 90 days, and beyond 20 open links for one organisation.
    """
    current = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    today, label = civil_day(at), label.strip()
    if current.state not in STANDING:
        raise Refused(_("Seul un rapport envoyé, et pas remplacé, se partage."))
    if not current.recipients.filter(organisation_id=organisation_id).exists():
        raise Refused(
            _("Ce rapport n’a pas été envoyé à cette organisation."), field="organisation"
        )
    if not 1 <= len(label) <= 100:
        raise Refused(_("Dites pour qui est ce lien."), field="label")
    if not today < expires_on <= today + LONGEST_SHARE:
        raise Refused(_("Choisissez un jour à venir, dans les 90 jours."), field="expires_on")
    standing = current.links.filter(
        organisation_id=organisation_id, closed_at__isnull=True, expires_on__gte=today
    )
    if standing.count() >= MOST_OPEN:
        raise Refused(_("Fermez d’abord un lien : il y en a déjà vingt d’ouverts."))
    secret = secrets.token_urlsafe(24)
    link = ShareLink.objects.create(
        report=current,
        organisation_id=organisation_id,
        label=label,
        digest=blind_indexes(_PLACE, secret)[0],
        made_by_id=actor.person_id,
        made_at=at,
        expires_on=expires_on,
    )
    return link, secret


@transaction.atomic
def close_link(*, link: ShareLink, actor: Actor, at: dt.datetime) -> None:
    """Close a link at once; twice is a quiet no-op. Who reads at that moment reads no further."""
    ShareLink.objects.filter(pk=link.pk, closed_at__isnull=True).update(closed_at=at)


def keep_to_show(session: SessionBase, link: ShareLink, secret: str) -> None:
    """Keep the address until the next page, sealed: it is shown there once, then nowhere."""
    session[_SHOWN] = {"report": link.report_id, "secret": seal(_PLACE, secret)}


def shown_once(session: SessionBase, report_id: int) -> str:
    """The whole address of a link just made, the first time it is asked for; "" after."""
    kept = session.get(_SHOWN)
    if kept is None or kept["report"] != report_id:
        return ""
    del session[_SHOWN]
    address: str = reverse("reports:open", args=[unseal(_PLACE, kept["secret"])])
    return f"{settings.PUBLIC_ORIGIN}{address}"


def find_link(*, secret: str, at: dt.datetime) -> ShareLink:
    """What a secret opens now, changing nothing. Raises LinkClosed. One query."""
    rows = ShareLink.objects.select_related("report__snapshot", "report__document", "organisation")
    found = rows.filter(digest__in=blind_indexes(_PLACE, secret)).first()
    return _open(found, at)


def open_link(*, link: ShareLink, at: dt.datetime) -> str:
    """Count an opening (somebody pressed the button), and give the pass that reads for an hour."""
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=at)
    return signing.dumps(link.pk, salt=_SALT)


def link_of_pass(*, given: str, at: dt.datetime) -> ShareLink:
    """The link behind a pass, if both still stand. Raises LinkClosed. One query."""
    try:
        key = signing.loads(given, salt=_SALT, max_age=PASS_SECONDS)
    except signing.SignatureExpired as error:
        sentence = _("Cette page est restée ouverte longtemps. Reprenez le lien reçu.")
        raise LinkClosed(sentence, known=True) from error
    except signing.BadSignature as error:
        raise LinkClosed(_("Ce lien n’est pas connu."), known=False) from error
    rows = ShareLink.objects.select_related("report__snapshot", "report__document", "organisation")
    return _open(rows.filter(pk=key).first(), at)


def _open(link: ShareLink | None, at: dt.datetime) -> ShareLink:
    if link is None:
        raise LinkClosed(
            _("Ce lien n’est pas connu. Demandez-le à qui vous l’a envoyé."), known=False
        )
    if link.closed_at is not None:
        raise LinkClosed(_("Ce lien a été fermé par qui l’a fait."), known=True)
    if civil_day(at) > link.expires_on:
        raise LinkClosed(_("Ce lien n’est plus valable : son jour est passé."), known=True)
    return link
