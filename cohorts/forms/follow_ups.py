"""Forms of what is asked after: the exit interview, the yes or no, the three questions."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.entry_files import REFUSED, REFUSED_LABEL, ExitStatus, YesNo
from cohorts.enums.follow_ups import FollowUpChannel, PowerToAct, Thanks
from cohorts.forms.cohort import day_field
from cohorts.forms.entry_files import ExitForm
from cohorts.models import ExitInterview, FollowUpAnswer, FollowUpChoice
from cohorts.models.follow_up import LONGEST_SAID
from cohorts.rules.programmes import is_minor
from cohorts.selectors.entry_files import PersonFile
from cohorts.services.exit_interviews import Heard
from cohorts.services.follow_up_choices import Wish
from cohorts.services.follow_ups import MOST_MONTHS, Said
from members.models import Person
from members.rules import spoken_phone

YES, NO = YesNo.YES.value, YesNo.NO.value


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST_SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ChoiceFields(forms.Form):
    """Yes or no, and how. Own: said to a coopérant ("tu"); else in the words of the interview."""

    agrees = forms.ChoiceField(
        label=_("D’accord pour donner des nouvelles à 3, 6 et 12 mois ?"),
        choices=[(YES, _("Oui")), (NO, _("Non"))],
        widget=forms.RadioSelect,
        help_text=_("Trois questions à chaque fois. On peut arrêter quand on veut."),
        error_messages={"required": _("Oui ou non : il faut choisir.")},
    )
    channel = forms.ChoiceField(
        label=_("Comment ?"),
        choices=FollowUpChannel.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Numéro de téléphone"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("Adresse e-mail"), required=False, max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )  # fmt: skip

    def ask_guardian(self, person: Person, today: dt.date) -> None:
        """A minor does not agree alone (C. civ. 388-1-1)."""
        if is_minor(person.birth_date, today):
            self.fields["guardian"] = forms.CharField(
                label=_("Personne mineure : qui donne l’accord"), required=False, max_length=160,
                help_text=_("Parent ou tuteur. L’accord finit aux 18 ans : il faudra le redemander."),
            )  # fmt: skip

    @property
    def wish(self) -> Wish:
        typed = self.cleaned_data
        if typed["agrees"] == NO:
            return Wish(agrees=False)
        named = ("channel", "phone", "email", "guardian")
        return Wish(agrees=True, **{name: typed.get(name, "") for name in named})


def _choice_initial(choice: FollowUpChoice | None, person: Person) -> dict[str, Any]:
    if choice is None or not choice.agrees:
        return {
            "agrees": None if choice is None else NO,
            "phone": person.spoken_phone,
            "email": person.email,
        }
    return {
        "agrees": YES,
        "channel": choice.channel,
        "phone": spoken_phone(choice.phone) if choice.phone else "",
        "email": choice.email,
    }


class ChoiceForm(ChoiceFields):
    def __init__(
        self, data: Any = None, *, choice: FollowUpChoice | None, person: Person, today: dt.date
    ) -> None:
        super().__init__(data, initial=_choice_initial(choice, person))
        self.ask_guardian(person, today)


class InterviewForm(ChoiceFields, ExitForm):
    """Three parts on one page: what the person does, what they say, whether news may be asked."""

    held_on = day_field(_("Entretien du"))
    learnt = _text(_("Ce que j’ai appris"), _("Un geste, un métier, une façon de faire."))
    hard = _text(_("Ce qui a été difficile"), _("Dans le groupe ou dans le travail. Pas la santé."))
    advice = _text(_("Ce que je dirais aux prochains"))
    power = forms.ChoiceField(
        label=_("« Je me sens capable de changer des choses autour de moi »"),
        choices=PowerToAct.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    DOING = ("left_on", "status", "contract_months", "contract_days", "qualification", "known_on",
             "evidence", "reason")  # fmt: skip
    SAYING = ("held_on", "learnt", "hard", "advice", "power")
    AGREEING = ("agrees", "channel", "phone", "email", "guardian")

    def __init__(
        self,
        data: Any = None,
        *,
        file: PersonFile,
        last: ExitInterview | None,
        choice: FollowUpChoice | None,
        today: dt.date,
    ) -> None:
        ExitForm.__init__(self, data, file=file, today=today)
        if file.last_day is None:
            self.initial["left_on"] = min(today, file.enrolment.cohort.ends_on)
        told = {name: getattr(last, name) for name in self.SAYING} if last else {"held_on": today}
        self.initial.update({**told, **_choice_initial(choice, file.person)})
        if file.exit is not None:
            # The same exit again is not news: the day it was learnt stays.
            self.initial["known_on"] = file.exit.known_on
        self.ask_guardian(file.person, today)

    def part(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def parts(self) -> list[tuple[Any, str, list[forms.BoundField]]]:
        return [
            (_("1. Ce que fait la personne"), "situation", self.part(self.DOING)),
            (_("2. Ce qu’elle dit"), "paroles", self.part(self.SAYING)),
            (_("3. Et après"), "nouvelles", self.part(self.AGREEING)),
        ]

    @property
    def facts(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name in self.DOING}
        typed["contract_days"] = typed["contract_days"] or 0
        return typed

    @property
    def heard(self) -> Heard:
        return Heard(**{name: self.cleaned_data[name] for name in self.SAYING})


_SPOKEN = {
    ExitStatus.OPEN_ENDED: _("J’ai un CDI"),
    ExitStatus.FIXED_TERM: _("J’ai un CDD"),
    ExitStatus.TEMPORARY: _("Je fais de l’intérim"),
    ExitStatus.AIDED: _("J’ai un contrat aidé"),
    ExitStatus.SIAE: _("Je travaille dans une structure d’insertion"),
    ExitStatus.TENURE: _("Je suis titulaire de la fonction publique"),
    ExitStatus.BUSINESS: _("J’ai créé ou repris une entreprise"),
    ExitStatus.QUALIFYING: _("Je suis en formation"),
    ExitStatus.UNEMPLOYED: _("Je cherche du travail"),
    ExitStatus.INACTIVE: _("Je ne travaille pas et je n’en cherche pas"),
}


class NewsForm(forms.Form):
    """Three questions, on a phone."""

    status = forms.ChoiceField(
        label=_("1. Que fais-tu maintenant ?"),
        choices=[(one.value, words) for one, words in _SPOKEN.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisis ce que tu fais maintenant.")},
    )
    contract_months = forms.IntegerField(
        label=_("CDD ou intérim : combien de mois en tout ?"), min_value=0, max_value=MOST_MONTHS,
        required=False, help_text=_("Sinon, laisse vide."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    thanks = forms.ChoiceField(
        label=_("2. La coop y est pour quelque chose ?"),
        choices=Thanks.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    news = _text(_("Et ton projet, où en est-il ?"), _("Quelques mots, si tu veux."))
    help_wanted = forms.ChoiceField(
        label=_("3. As-tu besoin d’aide ? On peut t’appeler."),
        choices=[(YES, _("Oui, appelez-moi")), (NO, _("Non, ça va"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Oui ou non : choisis.")},
    )

    def __init__(
        self, data: Any = None, *, answer: FollowUpAnswer | None, worked_before: bool
    ) -> None:
        super().__init__(data, initial=_answer_initial(answer))
        if worked_before:
            self.fields["better"] = _better_field(_("Ton travail est-il mieux qu’avant la coop ?"))
            self.order_fields(["status", "contract_months", "better"])

    @property
    def said(self) -> Said:
        typed = self.cleaned_data
        return Said(
            status=typed["status"],
            contract_months=typed["contract_months"],
            contract_days=typed.get("contract_days") or 0,
            better=typed.get("better", ""),
            thanks=typed["thanks"],
            news=typed["news"],
            help_wanted=typed["help_wanted"] == YES,
        )


class CallForm(NewsForm):
    """The same three questions, heard on the telephone."""

    said_on = day_field(_("Au téléphone, le"))
    contract_days = forms.IntegerField(
        label=_("et jours en plus"), min_value=0, max_value=30, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        answer: FollowUpAnswer | None,
        worked_before: bool,
        today: dt.date,
    ) -> None:
        super().__init__(data, answer=answer, worked_before=worked_before)
        self.initial["said_on"] = today
        self.fields["status"] = forms.ChoiceField(
            label=_("1. Que fait la personne maintenant ?"),
            choices=[("", _("Choisir")), *ExitStatus.choices],
            error_messages={"required": _("Choisissez une situation.")},
        )
        self.fields["contract_months"].label = _("Durée du contrat, en mois entiers")
        self.fields["contract_months"].help_text = _("Pour un CDD ou une mission d’intérim.")
        self.fields["thanks"].label = _("2. La coopérative y est-elle pour quelque chose ?")
        self.fields["news"].label = _("Où en est son projet")
        self.fields["news"].help_text = ""
        self.fields["help_wanted"].label = _("3. Demande-t-elle de l’aide ?")
        self.fields["help_wanted"].choices = [(YES, _("Oui")), (NO, _("Non"))]
        if worked_before:
            self.fields["better"].label = _("Son travail est-il mieux qu’à l’entrée ? (EECR06)")
        if answer is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Ce qui a changé"), max_length=200, required=False,
                help_text=_("Une réponse est déjà notée : elle reste, la nouvelle la suit."),
            )  # fmt: skip
        self.order_fields(["said_on", "status", "contract_months", "contract_days", "better"])


def _better_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[*YesNo.choices, (REFUSED, REFUSED_LABEL)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Plus sûr, plus d’heures, plus qualifié, ou plus de responsabilités. "
            "Mieux payé, sans rien d’autre, ne compte pas."
        ),
    )


def _answer_initial(answer: FollowUpAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    names = ("status", "contract_months", "contract_days", "better", "thanks", "news")
    return {
        **{name: getattr(answer, name) for name in names},
        "help_wanted": YES if answer.help_wanted else NO,
    }


class BackForm(forms.Form):
    back_on = day_field(_("Premier jour de retour"))
