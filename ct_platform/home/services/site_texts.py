"""Writing the texts of the public site: a draft, seen on its page, then shown; every step kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from ct_platform.home.models import TextPublication, TextVersion
from ct_platform.home.site_words import TEXTS, SiteText, house_words
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale


class TextChanged(Stale):
    """Somebody wrote a version since this page was opened; `latest` is theirs."""

    def __init__(self, latest: TextVersion) -> None:
        super().__init__(
            _(
                "%(name)s a écrit une version pendant ce temps. Rien n’est perdu : comparez, gardez ce qui "
                "est juste, puis enregistrez."
            )
            % {"name": latest.written_by.full_name}
        )
        self.latest = latest


@dataclass(frozen=True, slots=True)
class TextState:
    """Where one text stands: what the site shows, and what was written last."""

    text: SiteText
    shown: TextVersion | None  # None: the words of the house
    latest: TextVersion | None
    published: TextPublication | None

    @property
    def has_draft(self) -> bool:
        """Something was written after what is shown."""
        return self.latest is not None and (
            self.published is None or self.latest.written_at > self.published.published_at
        )

    @property
    def body(self) -> str:
        """What a new writing starts from."""
        if self.has_draft and self.latest is not None:
            return self.latest.body
        return self.shown.body if self.shown is not None else house_words(self.text.code)


def written_now(codes: list[str]) -> dict[str, str]:
    """Bodies that the site shows instead of the words of the house, by code. One query."""
    rows = _newest(TextPublication).filter(code__in=codes, version__isnull=False)
    return dict(rows.values_list("code", "version__body"))


def _newest(model: type[Model]) -> QuerySet[Any]:
    """The last row of each text."""
    rows = model._default_manager
    last = rows.filter(code=OuterRef("code")).order_by("-pk").values("pk")[:1]
    return rows.filter(pk=Subquery(last))


def states() -> list[TextState]:
    """Every text of the site. Two queries."""
    shown = {
        one.code: one for one in _newest(TextPublication).select_related("version", "published_by")
    }
    latest = {one.code: one for one in _newest(TextVersion).select_related("written_by")}
    return [
        TextState(
            text,
            shown[code].version if code in shown else None,
            latest.get(code),
            shown.get(code),
        )
        for code, text in TEXTS.items()
    ]


def state_of(code: str) -> TextState:
    """Raises KeyError for a text nobody declared. Two queries."""
    last = TextPublication.objects.filter(code=code).select_related("version", "published_by")
    published = last.first()
    latest = TextVersion.objects.filter(code=code).select_related("written_by").first()
    return TextState(TEXTS[code], published.version if published else None, latest, published)


def version_of(code: str, number: int) -> TextVersion | None:
    """One writing, to be looked at; 0 is the words of the house, which nobody wrote here."""
    if number == 0:
        return TextVersion(code=code, number=0, body=house_words(code))
    return TextVersion.objects.filter(code=code, number=number).first()


def history(code: str) -> list[TextVersion]:
    """Versions of one text, the newest first. One query."""
    return list(TextVersion.objects.filter(code=code).select_related("written_by"))


def publications(code: str) -> list[TextPublication]:
    rows = TextPublication.objects.filter(code=code).select_related("version", "published_by")
    return list(rows)


@transaction.atomic
def write_version(*, code: str, body: str, seen: int, actor: Actor, at: dt.datetime) -> TextVersion:
    """Keep a draft, if nobody wrote one since version `seen` (0: none yet) was read.

    Raises TextChanged when somebody did (nothing is written), Refused for an empty text. The same words
    again write nothing new.
    """
    latest = (
        TextVersion.objects.filter(code=code)
        .select_related("written_by")
        .order_by("-number")
        .first()
    )
    if latest is not None and latest.number != seen:
        raise TextChanged(latest)
    if not body.strip():
        raise Refused(_("Écrivez quelque chose, ou revenez au texte d’origine."), field="body")
    if latest is not None and latest.body == body:
        return latest
    with refusing(TextVersion):
        return TextVersion.objects.create(
            code=code,
            number=(latest.number if latest else 0) + 1,
            body=body,
            written_by_id=actor.person_id,
            written_at=at,
        )


@transaction.atomic
def publish(*, code: str, number: int, seen: int, actor: Actor, at: dt.datetime) -> TextPublication:
    """Show version `number` (0: the words of the house) on the site, if what it shows is still
    publication `seen` (0: none yet). Twice is quiet.

    Raises Stale when somebody published meanwhile, Refused when there is no such version.
    """
    version = TextVersion.objects.filter(code=code, number=number).first()
    if version is None and number:
        raise Refused(_("Cette version n’existe pas."))
    last = TextPublication.objects.filter(code=code).select_related("published_by").first()
    if last is not None and last.version_id == (version.pk if version else None):
        return last
    if last is not None and last.pk != seen:
        raise Stale(
            _("%(name)s a publié autre chose entre-temps. Relisez la page, puis décidez.")
            % {"name": last.published_by.full_name}
        )
    return TextPublication.objects.create(
        code=code, version=version, published_by_id=actor.person_id, published_at=at
    )
