"""What a count says, method by method: one sentence, why, and the figures. No query.

Reads the published tally only: where publication kept the figures back, there is nothing to draw.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.charts import GRADES, GREY, PLUM, Bar, BarsChart, GradesChart, bars
from ct_platform.kit.charts import grades as grades_chart
from ct_platform.kit.money import euros, from_cents
from decisions.enums import Method, OutcomeKind
from decisions.models import Outcome, Poll, PollOption
from decisions.selectors.wording import consent_words, grades, majority_words

Tally = Mapping[str, Any]
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Judged:
    """One option of a majority judgment: its grades, worst first, and the one in the middle."""

    label: str
    median: str
    counts: tuple[int, ...]
    chart: GradesChart | None


@dataclass(frozen=True, slots=True)
class Judgment:
    """Every option, best first. `keys`: each grade and its colour, worst first."""

    rows: tuple[Judged, ...]
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`why`: why this came out. `rule`: how one counts by this method. The rest are the figures."""

    headline: str
    why: str = ""
    rule: str = ""
    chart: BarsChart | None = None
    judged: Judgment | None = None
    ranking: tuple[str, ...] = ()  # a line for each place, those tied together


@dataclass(frozen=True, slots=True)
class Counted:
    """One count to tell: `labels` and `costs` by code, in the order of the poll."""

    poll: Poll
    kind: OutcomeKind
    tally: Tally
    labels: Mapping[str, str]
    costs: Mapping[str, int]

    @property
    def detail(self) -> Any:
        return self.tally["detail"]

    @property
    def winners(self) -> list[str]:
        return [self.labels[code] for code in self.tally["winners"]]

    def named(self, codes: list[str]) -> str:
        return listed([self.labels[code] for code in codes])


def tell(outcome: Outcome, poll: Poll, options: list[PollOption]) -> Told:
    counted = Counted(
        poll,
        OutcomeKind(outcome.kind),
        outcome.tally,
        {one.code: one.label for one in options},
        {one.code: one.cost_cents for one in options},
    )
    method = Method(poll.method)
    rule = _RULES[method](counted)
    if "detail" not in outcome.tally:
        return Told(_headline(counted), rule=rule)
    told = _TELLERS[method](counted)
    why = "" if counted.kind == OutcomeKind.QUORUM_MISSED else told.why
    if outcome.tally.get("tie_break") and why:
        why = f"{why} " + _("Il y avait égalité : le sort, promis à l’ouverture, a décidé.")
    return replace(told, headline=_headline(counted), why=why, rule=rule)


def quoted(label: str) -> str:
    return f"«{NBSP}{label}{NBSP}»"


def listed(labels: list[str]) -> str:
    """ "« A », « B » et « C »"."""
    names = [quoted(label) for label in labels]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _headline(counted: Counted) -> str:
    method, winners = Method(counted.poll.method), counted.winners
    match counted.kind:
        case OutcomeKind.QUORUM_MISSED:
            return _("Il manque des voix. Le vote ne compte pas.")
        case OutcomeKind.ADOPTED if method == Method.EQUAL_SHARES:
            return _("Le groupe paie %(labels)s.") % {"labels": listed(winners)}
        case OutcomeKind.ADOPTED:
            return _("Le groupe a dit oui.")
        case OutcomeKind.ELECTED:
            return _("Le groupe a choisi %(labels)s.") % {"labels": listed(winners)}
        case OutcomeKind.OBJECTED:
            return _("Une objection reste. Le texte n’est pas adopté.")
        case OutcomeKind.REJECTED:
            return _("Le groupe n’a pas adopté ce texte.")
        case OutcomeKind.TIE:
            return _("Égalité. Rien n’est encore choisi.")
    return {
        Method.CHOICE: _("Aucune réponse n’a plus de la moitié des voix."),
        Method.JUDGMENT: _("Aucune réponse n’a une assez bonne mention."),
        Method.APPROVAL: _("Aucune réponse n’est cochée par assez de personnes."),
        Method.EQUAL_SHARES: _("Rien n’est payé. L’argent reste."),
    }.get(method, _("Aucune réponse n’est choisie."))


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


_TELLERS: Mapping[Method, Callable[[Counted], Told]] = {
    Method.CHOICE: _choice,
    Method.MAJORITY: _majority,
    Method.CONSENT: _consent,
    Method.JUDGMENT: _judgment,
    Method.APPROVAL: _approval,
    Method.RANKED: _ranked,
    Method.EQUAL_SHARES: _equal_shares,
}


def majority_rule(rule: Mapping[str, Any]) -> str:
    """ "Le texte est adopté avec au moins 2/3 des voix exprimées." """
    base = {
        "expressed": _("des voix exprimées"),
        "present": _("des personnes qui ont voté"),
        "roll": _("de toute la liste"),
    }[rule["base"]]
    if rule["majority"] == "qualified":
        words = {"share": rule["fraction"], "base": base}
        return _("Le texte est adopté avec au moins %(share)s %(base)s.") % words
    return _("Le texte est adopté avec plus de la moitié %(base)s.") % {"base": base}


_RULES: Mapping[Method, Callable[[Counted], str]] = {
    Method.CHOICE: lambda counted: _(
        "Une réponse est adoptée avec plus de la moitié des voix exprimées. Un blanc compte parmi "
        "les personnes qui ont voté, pas parmi les voix exprimées."
    ),
    Method.MAJORITY: lambda counted: (
        majority_rule(counted.poll.rule)
        + " "
        + _("Les voix exprimées sont les « pour » et les « contre ».")
    ),
    Method.CONSENT: lambda counted: _(
        "Le texte est adopté si personne ne garde d’objection. Une réserve est écrite, elle ne "
        "bloque pas."
    ),
    Method.JUDGMENT: lambda counted: _(
        "Pour chaque réponse, on range les mentions de la pire à la meilleure. Celle du milieu "
        "compte : le trait noir. La meilleure mention du milieu gagne."
    ),
    Method.APPROVAL: lambda counted: _(
        "Chaque personne coche tout ce qui lui convient. On compte les coches."
    ),
    Method.RANKED: lambda counted: _(
        "On compare les réponses deux par deux. Dans chaque duel, on compte qui met l’une avant "
        "l’autre (méthode de Schulze)."
    ),
    Method.EQUAL_SHARES: lambda counted: _(
        "Chaque personne a la même part de la somme. Un projet est payé quand les personnes qui "
        "l’ont coché peuvent le payer ensemble."
    ),
}
