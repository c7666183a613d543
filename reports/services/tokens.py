"""Keys of machines: made, shown once, kept as a keyed hash, closed. What they open is what pages show."""

import datetime as dt
import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import blind_indexes, seal, unseal
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from ct_platform.kit.states import move
from reports.enums import TOKEN_ALLOWED, ClosedWhy, TokenState
from reports.models import ApiToken
from reports.querysets import partnerships_in_force
from reports.rules.tokens import MOST_TOKENS, is_allowed_end

_PLACE = "reports_apitoken|token"
_SHOWN = "api_token"
# Programs that look for leaked keys know a key by its beginning.
BEGINNING = "ctp_"
_SEEN = 10  # letters shown to recognise it; some 200 bits stay unseen


class TokenRefused(Refused):
    """`code` names the reason in the answer of the API."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@transaction.atomic
def make_token(
    *, name: str, purpose: str, expires_on: dt.date, actor: Actor, at: dt.datetime
) -> tuple[ApiToken, str]:
    """Make a token of the organisation of this seat, and its secret, which nobody can read again.

    Refused without a partnership in force, beyond a year, beyond five open ones, or for a name in use.
    """
    today = civil_day(at)
    # Two made at once are counted one after the other.
    own = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation_id)
    name, purpose = name.strip(), purpose.strip()
    if not name:
        raise Refused(_("Donnez un nom à ce jeton."), field="name")
    if not purpose:
        raise Refused(_("Dites pour quoi faire."), field="purpose")
    if not is_allowed_end(expires_on, today):
        raise Refused(_("Choisissez un jour à venir, dans l’année."), field="expires_on")
    if not partnerships_in_force(today).filter(organisation=own).exists():
        raise Refused(_("Votre organisation ne suit rien en ce moment : un jeton ne lirait rien."))
    if ApiToken.objects.open_on(today).filter(organisation=own).count() >= MOST_TOKENS:
        raise Refused(_("Fermez d’abord un jeton : il y en a déjà cinq d’ouverts."))
    secret = BEGINNING + secrets.token_urlsafe(32)
    with refusing(ApiToken):
        token = ApiToken.objects.create(
            organisation=own,
            name=name,
            purpose=purpose,
            prefix=secret[:_SEEN],
            digest=blind_indexes(_PLACE, secret)[0],
            made_by_id=actor.person_id,
            made_at=at,
            expires_on=expires_on,
        )
    TransitionLog.objects.create(
        model=ApiToken._meta.label_lower, row_id=token.pk, old="", new=TokenState.OPEN,
        by_person_id=actor.person_id, at=at, reason=purpose,
    )  # fmt: skip
    return token, secret


def close_token(*, token: ApiToken, actor: Actor, at: dt.datetime) -> None:
    """Close a token at once, for good; twice is a quiet no-op."""
    why = ClosedWhy.NETWORK if actor.is_network else ClosedWhy.OWN
    _close(token.pk, why, by_person_id=actor.person_id, at=at)


def close_what_ended(*, at: dt.datetime) -> int:
    """Write down what calls already refuse: past its day, its maker gone, its partnership over."""
    today, count = civil_day(at), 0
    for token in ApiToken.objects.filter(state=TokenState.OPEN).with_standing(today):
        why = why_over(token, today)
        if why is not None:
            count += _close(token.pk, why, by_person_id=None, at=at)
    return count


def why_over(token: ApiToken, today: dt.date) -> ClosedWhy | None:
    """Why an open token opens nothing that day; None while it stands. `token`: with its standing."""
    if token.expires_on < today:
        return ClosedWhy.EXPIRED
    if not token.has_partnership:  # type: ignore[attr-defined] # annotated
        return ClosedWhy.PARTNERSHIP
    if not token.has_seat:  # type: ignore[attr-defined] # annotated
        return ClosedWhy.SEAT
    return None


@transaction.atomic
def _close(key: int, why: ClosedWhy, *, by_person_id: int | None, at: dt.datetime) -> bool:
    current = ApiToken.objects.select_for_update(no_key=True).get(pk=key)
    if current.state == TokenState.CLOSED:
        return False
    move(
        current, TokenState.CLOSED, allowed=TOKEN_ALLOWED, by_person_id=by_person_id, at=at,
        reason=str(why.label), closed_at=at, closed_why=why,
    )  # fmt: skip
    return True


def keep_to_show(session: SessionBase, token: ApiToken, secret: str) -> None:
    """Keep the secret until the next page, sealed: it is shown there once, then nowhere."""
    session[_SHOWN] = {"token": token.pk, "secret": seal(_PLACE, secret)}


def shown_once(session: SessionBase) -> tuple[int, str]:
    """The token just made and its secret, the first time they are asked for; (0, "") after."""
    kept = session.get(_SHOWN)
    if kept is None:
        return 0, ""
    del session[_SHOWN]
    return kept["token"], unseal(_PLACE, kept["secret"])


def find_token(*, secret: str, at: dt.datetime) -> ApiToken:
    """The token that stands behind a secret now, changing nothing. Raises TokenRefused. One query."""
    today = civil_day(at)
    rows = ApiToken.objects.with_standing(today).select_related("organisation", "made_by")
    found: ApiToken | None = rows.filter(digest__in=blind_indexes(_PLACE, secret)).first()
    if found is None:
        raise TokenRefused("jeton-inconnu", _("Ce jeton n’est pas connu."))
    why = found.closed_why if found.state == TokenState.CLOSED else why_over(found, today)
    if why:
        raise TokenRefused(
            "jeton-ferme", _("Ce jeton est fermé : %(why)s.") % {"why": ClosedWhy(why).label}
        )
    return found


def note_use(*, token: ApiToken, at: dt.datetime) -> None:
    """Keep the day it last served: one write a day at most, and no trace of what was read."""
    today = civil_day(at)
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk, state=TokenState.OPEN).exclude(used_on=today).update(
            used_on=today
        )
