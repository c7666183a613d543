"""The texts of the public site that the network may write anew: which they are, and how they are drawn.

The words of the house stand in home/words/<code>.md. What people write keeps to paragraphs, **strong**,
lists, links and one level of titles: everything else is shown as typed, so no page can be broken or made
to run anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

FOLDER = Path(__file__).parent / "words"
MOST_LETTERS = 8000
# Under the h2 of the page: a title that somebody writes never outranks it.
_TITLE = "h3"


@dataclass(frozen=True, slots=True)
class SiteText:
    code: str
    title: "StrPromise"
    page: str  # the address where it stands


_ALL = (
    SiteText("home_lead", _("Accueil : la première phrase"), "home:public"),
    SiteText("home_what", _("Accueil : ce que c’est"), "home:public"),
    SiteText("home_takes", _("Accueil : ce que chacun emporte"), "home:public"),
    SiteText("idea_lead", _("L’idée : en deux phrases"), "home:idea"),
    SiteText("idea_week", _("L’idée : la semaine, ce qu’on en dit"), "home:idea"),
    SiteText("idea_decide", _("L’idée : comment on décide"), "home:idea"),
    SiteText("idea_paid", _("L’idée : comment on est payé"), "home:idea"),
    SiteText("idea_leave", _("L’idée : avec quoi on repart"), "home:idea"),
    SiteText("idea_questions", _("L’idée : les questions qu’on nous pose"), "home:idea"),
    SiteText("start_lead", _("Monter une coopérative : en deux phrases"), "home:start"),
    SiteText("start_who", _("Monter une coopérative : qui fait quoi"), "home:start"),
    SiteText("start_costs", _("Monter une coopérative : ce que cela coûte"), "home:start"),
    SiteText("partners_lead", _("Partenaires : en deux phrases"), "home:partners"),
    SiteText("trade_maraichage", _("Métier : maraîchage"), "home:trades"),
    SiteText("trade_fleuriste", _("Métier : fleurs"), "home:trades"),
    SiteText("trade_cuisine", _("Métier : cuisine"), "home:trades"),
    SiteText("trade_services", _("Métier : services"), "home:trades"),
    SiteText("trade_autre", _("Métier : autres métiers"), "home:trades"),
    SiteText("legal_publisher", _("Mentions légales : éditeur et hébergeur"), "home:legal"),
    SiteText("access_contact", _("Accessibilité : à qui écrire"), "home:accessibility"),
    SiteText("privacy_contact", _("Données personnelles : à qui écrire"), "home:privacy"),
)
TEXTS: dict[str, SiteText] = {one.code: one for one in _ALL}


def codes_of(page: str) -> list[str]:
    return [one.code for one in _ALL if one.page == page]


@cache
def house_words(code: str) -> str:
    """What the house says until somebody writes better. Raises KeyError for a text nobody declared."""
    return (FOLDER / f"{TEXTS[code].code}.md").read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def _writer() -> MarkdownIt:
    # "zero" knows nothing; each rule is let in by name. Raw HTML and images are not among them, and the
    # library itself refuses addresses such as javascript:.
    writer = MarkdownIt("zero", {"html": False}).enable(
        ["heading", "list", "emphasis", "link", "newline", "escape", "entity"]
    )
    writer.core.ruler.push("one_title", _lower_titles)
    return writer


def _lower_titles(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _TITLE


def drawn(body: str) -> SafeString:
    """HTML of a text: escaped but for the few marks above."""
    return mark_safe(_writer().render(body))  # noqa: S308 - raw HTML is off: what is typed is escaped


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one page, by code: `words.idea_lead` in a template."""

    bodies: Mapping[str, str]

    def __getitem__(self, code: str) -> SafeString:
        return drawn(self.bodies[code])

    def __contains__(self, code: str) -> bool:
        return code in self.bodies


def words_from(codes: Iterable[str], written: Mapping[str, str]) -> Words:
    """What was written where something was, the words of the house elsewhere."""
    return Words({code: written.get(code) or house_words(code) for code in codes})
