"""Why a count came out as it did, and its figures, method by method. No query.

Reads the published tally only: where publication kept the figures back, there is nothing to draw.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.charts import GRADES, GREY, PLUM, Bar, BarsChart, bars
from ct_platform.kit.charts import grades as grades_chart
from ct_platform.kit.money import euros, from_cents
from decisions.enums import Method, OutcomeKind
from decisions.selectors.told import Counted, Judged, Judgment, Told, listed, quoted
from decisions.selectors.wording import consent_words, grades, majority_words


def _voices(rows: list[tuple[str, int]], counted: Counted, title: str, heading: str) -> BarsChart:
    """Bars of voices, and the blanks under them; a full bar is everybody who voted."""
    blank, present = counted.tally["blank"], counted.tally["present"]
    drawn = [Bar(label, number, str(number), fill=PLUM) for label, number in rows]
    return bars(
        title=title,
        rows=[*drawn, Bar(_("Blanc"), blank, str(blank), fill=GREY)],
        label_heading=heading,
        value_heading=_("Voix"),
        whole=max(present, 1),
        total=(_("Ont voté"), str(present), ""),
    )


def _choice(counted: Counted) -> Told:
    votes, expressed = counted.detail["votes"], counted.tally["expressed"]
    rows = [(label, votes[code]) for code, label in counted.labels.items()]
    why = ""
    if counted.winners:
        words = {"n": votes[counted.tally["winners"][0]], "all": expressed}
        why = _("%(n)s voix sur %(all)s exprimées : c’est plus de la moitié.") % words
    return Told("", why, chart=_voices(rows, counted, _("Le nombre de voix"), _("Réponse")))


def _majority(counted: Counted) -> Told:
    detail = counted.detail
    rows = [(label, detail[code]) for code, label in majority_words().items()]
    words = {"n": detail["for"], "needed": detail["needed"], "against": detail["against"]}
    if detail["for"] + detail["against"] == 0:
        why = _("Personne n’a dit pour ni contre.")
    else:
        why = _("%(n)s pour, %(against)s contre. Il fallait au moins %(needed)s pour.") % words
    if counted.kind == OutcomeKind.REJECTED and detail["for"] == detail["against"] > 0:
        why = _("Autant de pour que de contre : %(n)s. Alors le texte n’est pas adopté.") % words
    return Told("", why, chart=_voices(rows, counted, _("Le nombre de voix"), _("Réponse")))


def _consent(counted: Counted) -> Told:
    detail = counted.detail
    rows = [(label, detail[code]) for code, label in consent_words().items()]
    left = detail["open_objections"]
    if left:
        why = ngettext(
            "%(n)s objection n’est ni retirée ni prise en compte.",
            "%(n)s objections ne sont ni retirées ni prises en compte.",
            left,
        ) % {"n": left}
    elif counted.kind == OutcomeKind.ADOPTED:
        why = _("Personne ne garde d’objection.")
    else:
        why = _("Personne n’a dit qu’il consentait.")
    return Told("", why, chart=_voices(rows, counted, _("Le nombre de voix"), _("Ce qui est dit")))


def _judgment(counted: Counted) -> Told:
    detail, words = counted.detail, grades(counted.poll.rule["grades"])
    order = [code for layer in counted.tally["ranking"] for code in layer]
    judged = tuple(_judged(counted.labels[code], detail[code], words) for code in order)
    best = order[0]
    median = detail[best]["median"]
    if median is None:
        why = _("Personne n’a donné de mention.")
    elif counted.kind == OutcomeKind.NO_WINNER:
        least = quoted(words[counted.poll.rule["min_grade"]])
        why = _("Il fallait %(grade)s au milieu, ou mieux.") % {"grade": least}
    elif counted.kind == OutcomeKind.TIE:
        tied = counted.named(detail["tied"])
        why = _("%(labels)s ont exactement les mêmes mentions.") % {"labels": tied}
    else:
        why = _("La moitié des personnes au moins lui donne %(grade)s ou mieux.") % {
            "grade": quoted(words[median])
        }
        level = [code for code in order[1:] if detail[code]["median"] == median]
        if level:
            why += " " + _(
                "%(labels)s a la même mention au milieu : on a retiré cette mention de chaque côté, "
                "puis comparé la suivante, jusqu’à la différence."
            ) % {"labels": counted.named(level)}
    fills = [fill for fill, _ink in GRADES] if len(words) == len(GRADES) else [""] * len(words)
    return Told("", why, judged=Judgment(judged, tuple(zip(words, fills, strict=True))))


def _judged(label: str, detail: Mapping[str, Any], words: tuple[str, ...]) -> Judged:
    counts = tuple(detail["counts"])
    said = ", ".join(f"{words[grade]} {number}" for grade, number in enumerate(counts) if number)
    drawn = None
    if len(counts) == 5 and sum(counts):
        title = _("%(label)s : %(grades)s") % {"label": label, "grades": said}
        drawn = grades_chart(title=title, counts=counts)
    median = words[detail["median"]] if detail["median"] is not None else ""
    return Judged(label, median, counts, drawn)


def _approval(counted: Counted) -> Told:
    approvals, expressed = counted.detail["approvals"], counted.tally["expressed"]
    rows = sorted(
        ((label, approvals[code]) for code, label in counted.labels.items()),
        key=lambda row: -row[1],
    )
    if counted.kind == OutcomeKind.TIE:
        tied = counted.named(counted.detail["tied"])
        why = _("%(labels)s ont autant de voix, et il n’y a pas de place pour tous.") % {
            "labels": tied
        }
    elif counted.winners:
        won = [
            _("%(label)s : cochée par %(n)s sur %(all)s")
            % {"label": quoted(counted.labels[code]), "n": approvals[code], "all": expressed}
            for code in counted.tally["winners"]
        ]
        why = _("La plus cochée gagne. ") if len(won) == 1 else _("Les plus cochées gagnent. ")
        why += ". ".join(won) + "."
    else:
        why = ""
    title = _("Combien de personnes ont coché")
    return Told("", why, chart=_voices(rows, counted, title, _("Réponse")))


def _ranked(counted: Counted) -> Told:
    d, labels = counted.detail["d"], counted.labels
    order = [code for layer in counted.tally["ranking"] for code in layer]
    best = order[0]
    unbeaten = all(d[f"{best}>{other}"] > d[f"{other}>{best}"] for other in order[1:])
    if not counted.tally["expressed"]:
        why = _("Personne n’a donné de classement.")
    elif counted.kind == OutcomeKind.TIE:
        tied = counted.named(counted.detail["tied"])
        why = _("Les duels ne départagent pas %(labels)s.") % {"labels": tied}
    elif unbeaten:
        why = _("%(label)s gagne tous ses duels.") % {"label": quoted(labels[best])}
    else:
        why = _(
            "Aucune réponse ne gagne tous ses duels. %(label)s a les victoires les plus fortes."
        ) % {"label": quoted(labels[best])}
    ranking = tuple(listed([labels[code] for code in layer]) for layer in counted.tally["ranking"])
    return Told("", why, chart=_duels(counted, order), ranking=ranking)


def _duels(counted: Counted, order: list[str]) -> BarsChart | None:
    d, rows = counted.detail["d"], []
    for one, other in combinations(order, 2):
        first, second = (one, other) if d[f"{one}>{other}"] >= d[f"{other}>{one}"] else (other, one)
        won, lost = d[f"{first}>{second}"], d[f"{second}>{first}"]
        words = {"a": counted.labels[first], "b": counted.labels[second], "n": won, "m": lost}
        said = _("%(a)s avant %(b)s") if won > lost else _("%(a)s et %(b)s : égalité")
        score = _("%(n)s à %(m)s") % words
        rows.append(Bar(said % words, won, score, fill=PLUM if won > lost else GREY))
    if not rows:
        return None
    return bars(
        title=_("Les duels, deux par deux"),
        rows=rows,
        label_heading=_("Duel"),
        value_heading=_("Voix"),
        whole=max(counted.tally["expressed"], 1),
    )


def _equal_shares(counted: Counted) -> Told:
    detail, budget = counted.detail, counted.poll.rule["budget"]
    phases = {
        "equal_shares": _("payé à parts égales"),
        "add1": _("payé, parts arrondies"),
        "greedy": _("payé avec le reste"),
    }
    paid = {line["id"]: phases[line["phase"]] for line in detail["chosen"]}
    order = [*paid, *(code for code in counted.labels if code not in paid)]
    rows = [
        Bar(
            f"{counted.labels[code]} – {paid.get(code, _('pas payé'))}",
            counted.costs[code],
            euros(from_cents(counted.costs[code])),
            fill=PLUM if code in paid else GREY,
        )
        for code in order
    ]
    words = {"spent": euros(from_cents(detail["spent"])), "left": euros(from_cents(detail["left"]))}
    if counted.kind == OutcomeKind.TIE:
        tied = counted.named(detail["tied"])
        why = _("%(labels)s arrivent à égalité.") % {"labels": tied}
    else:
        why = _("%(spent)s dépensés, %(left)s gardés.") % words
    chart = bars(
        title=_("Ce que la réserve paie"),
        rows=rows,
        label_heading=_("Projet"),
        value_heading=_("Coût"),
        whole=budget,
        total=(_("Dépensé sur %(all)s") % {"all": euros(from_cents(budget))}, words["spent"], ""),
    )
    return Told("", why, chart=chart)


FIGURES: Mapping[Method, Callable[[Counted], Told]] = {
    Method.CHOICE: _choice,
    Method.MAJORITY: _majority,
    Method.CONSENT: _consent,
    Method.JUDGMENT: _judgment,
    Method.APPROVAL: _approval,
    Method.RANKED: _ranked,
    Method.EQUAL_SHARES: _equal_shares,
}
