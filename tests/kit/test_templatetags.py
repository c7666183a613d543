"""Words, signs and components: what people read, in French, made harmless."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template

from ct_platform.kit import trades
from ct_platform.kit.actor import Actor, Seat, SeatKind
from ct_platform.kit.clock import Month
from ct_platform.kit.components import Day, Fact, Progress, Rung, Step, tight

urlpatterns: list[object] = []  # the layouts leave out the addresses that are missing
ROOT = Path(settings.BASE_DIR)
SPRITE = (ROOT / "static/img/icons.svg").read_text()
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
EVENING = dt.datetime(2026, 11, 27, 23, 30, tzinfo=dt.UTC)  # already the 28th in Paris


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("249.52", "deux cent quarante-neuf euros et cinquante-deux centimes"),
        ("0", "zéro euro"),
        ("0.01", "un centime"),
        ("1", "un euro"),
        ("1.01", "un euro et un centime"),
        ("80", "quatre-vingts euros"),
        ("81", "quatre-vingt-un euros"),
        ("200", "deux cents euros"),
        ("1000000", "un million d’euros"),
        ("-12.30", "moins douze euros et trente centimes"),
    ],
)
def test_it_writes_an_amount_in_words(amount, sentence):
    assert render("{{ x|amount_in_words }}", x=Decimal(amount)) == sentence


def test_an_amount_finer_than_the_cent_has_no_words():
    with pytest.raises(ValueError, match="finer than a cent"):
        render("{{ x|amount_in_words }}", x=Decimal("0.001"))


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ x|euros }}", Decimal("5991.6"), "5\xa0991,60\xa0€"),
        ("{{ x|euros }}", None, "–"),
        ("{{ x|duration }}", 210, "3\xa0h\xa030"),
        ("{{ x|number_fr }}", 9412, "9\xa0412"),
        ("{{ x|number_fr }}", "beaucoup", ""),
        ("{{ x|month_name }}", dt.date(2026, 8, 1), "août"),
        ("{{ x|month_year }}", Month(dt.date(2026, 10, 1)), "octobre 2026"),
        ("{{ x|of_month }}", dt.date(2026, 10, 1), "d’octobre"),
        ("{{ x|of_month }}", dt.date(2026, 11, 1), "de novembre"),
        ("{{ x|of_name }}", "Aminata", "d’Aminata"),
        ("{{ x|of_name }}", "Élodie", "d’Élodie"),
        ("{{ x|of_name }}", "Thierry", "de Thierry"),
        ("{{ x|of_name }}", "Hakim", "de Hakim"),
        ("{{ x|of_name }}", "Le Plateau", "du Plateau"),
        ("{{ x|of_name }}", "Les Racines du Plateau", "des Racines du Plateau"),
        ("{{ x|of_name }}", "La Tablée", "de La Tablée"),
        ("{{ x|of_name }}", "Lesly", "de Lesly"),
        ("{{ x|of_name }}", None, ""),
        ("{{ x|date_fr }}", dt.date(2026, 10, 1), "1er octobre 2026"),
        ("{{ x|day_month }}", dt.date(2026, 11, 13), "13 novembre"),
        ("{{ x|day_fr }}", dt.date(2026, 11, 25), "mercredi 25 novembre"),
        ("{{ x|day_full }}", dt.date(2026, 11, 25), "mercredi 25 novembre 2026"),
        ("{{ x|day_fr }}", EVENING, "samedi 28 novembre"),
        ("{{ x|hour_fr }}", EVENING, "0\xa0h\xa030"),
        ("{{ x|hour_fr }}", dt.time(18), "18\xa0h"),
        ("{{ x|moment_fr }}", EVENING, "samedi 28 novembre, 0\xa0h\xa030"),
    ],
)
def test_it_says_amounts_and_dates_as_people_do(source, value, words):
    assert render(source, x=value) == words


@pytest.mark.parametrize(
    "name",
    [
        *("amount_in_words", "duration", "number_fr", "hour_fr", "moment_fr"),
        *("month_name", "month_year", "of_month", "date_fr", "day_month", "day_fr", "day_full"),
    ],
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_value_stays_quiet(name, nothing):
    assert render(f"{{{{ x|{name} }}}}", x=nothing) == ""


def test_an_icon_is_silent_beside_a_word_and_named_when_alone():
    assert 'aria-hidden="true"' in render('{% icon "urne" %}')
    assert 'role="img" aria-label="Vu &lt;b&gt;"' in render('{% icon "oeil" label=x %}', x="Vu <b>")


def test_a_state_has_an_icon_a_word_and_a_known_tone():
    html = render('{% state_badge "wait" "attente" x %}', x="<Pas envoyé>")

    assert "ct-wait" in html and "#attente" in html and "&lt;Pas envoyé&gt;" in html
    with pytest.raises(ValueError, match="unknown tone"):
        render('{% state_badge "red" "ok" "x" %}')


def test_a_trade_is_never_named_by_colour_alone():
    for one in trades.TRADES.values():
        html = render("{% trade_badge x %}", x=one.code)
        assert one.css in html and f"#{one.icon}" in html and str(one.label) in html
    with pytest.raises(KeyError):
        render("{% trade_badge x %}", x="banque")


def test_trades_share_no_letter_and_keep_the_colours_of_the_tokens():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    letters = [one.letter for one in trades.TRADES.values()]

    assert len(set(letters)) == len(letters)
    for one in trades.TRADES.values():
        assert f"--{one.css}:{one.fill};" in tokens and one.icon in ICONS


def test_a_weave_has_one_thread_per_trade_and_four_for_everybody():
    assert render("{% weave x %}", x=["ct-leek", "ct-squash"]).count("<i ") == 2
    assert render("{% weave x %}", x=[]).count("<i ") == 4


def test_a_note_and_a_card_keep_their_body_and_escape_their_title():
    html = render(
        "{% card x %}{% note 'info' tone='bad' live=True %}<p>a</p>{% endnote %}{% endcard %}",
        x="<x>",
    )

    assert "&lt;x&gt;</h2>" in html and "<p>a</p>" in html and 'role="status"' in html
    key = re.search(r'aria-labelledby="([^"]+)"', html)
    assert key and f'id="{key[1]}"' in html


def test_a_thread_says_its_states_in_words():
    html = render(
        "{% thread x %}",
        x=[
            Step("Vote", "done", "urne"),
            Step("Heures", "now", "horloge"),
            Step("Paie", "later", "paie"),
        ],
    )

    assert [" : fait" in html, " : en cours" in html, " : plus tard" in html] == [True] * 3
    assert html.count('aria-current="step"') == 1


def test_a_row_is_one_link_or_carries_one_button():
    link = render("{% row title='Ma paie' url='/p' icon='paie' %}")
    button = render(
        "{% row title='Ma paie' url='/p' action='Ouvrir' tone='warn' state='Avant lundi' %}"
    )
    plain = render("{% row title='Relu' plain=True icon='ok' %}")

    assert link.count("<a ") == button.count("<a ") == 1 and "<a " not in plain
    assert 'Ouvrir<span class="visually-hidden"> : Ma paie</span>' in button
    assert "#horloge" in button


def test_a_ladder_numbers_its_rungs_and_marks_the_reader():
    html = render(
        "{% ladder x %}",
        x=[
            Rung("Le pot", Decimal("5991.60"), people=15),
            Rung("Le brut", Decimal(300), of=Decimal(400), tone="gross"),
            Rung("À déclarer", Decimal("249.52"), end=True),
        ],
    )

    assert "1. Le pot" in html and 'width="225"' in html and html.count('class="end"') == 1
    assert html.count('fill="#f6c445"') == 1 and html.count('fill="#d9c6dc"') == 14


def test_a_cheque_says_its_amount_in_figures_and_in_words():
    html = render(
        "{% cheque issuer='Le Ferment' person='Ami' amount=x %}<p>Envoyé</p>{% endcheque %}",
        x=Decimal("249.52"),
    )

    assert (
        "249,52\xa0€" in html
        and "deux cent quarante-neuf euros" in html
        and "<p>Envoyé</p>" in html
    )


def test_a_week_names_each_day_in_full_and_marks_today():
    days = [Day("#", "Mer", 25, "mercredi 25 novembre", tight("3\xa0h\xa030"), current=True)]
    html = render("{% week_strip x %}", x=days)

    assert 'aria-current="date"' in html and "mercredi 25 novembre" in html and "3h30" in html


def test_figures_and_progress_come_with_their_words():
    assert "5 coopératives" in render("{% facts x %}", x=[Fact("Entrées", "74", "5 coopératives")])
    html = render("{% progress x caption='Papiers' %}", x=[Progress("Relus", 12, 15)])
    assert "12 sur 15" in html and 'width="240"' in html and "<caption>Papiers" in html


class Grade(forms.Form):
    grade = forms.ChoiceField(
        label="Ta note", choices=[("0", "À rejeter"), ("1", "Bien")], widget=forms.RadioSelect
    )


def test_choices_preselect_nothing_and_say_their_error():
    html = render("{% choices x columns='five' %}", x=Grade()["grade"])
    assert " checked" not in html and html.count('type="radio"') == 2 and "<legend" in html

    refused = render("{% choices x %}", x=Grade({})["grade"])
    described = re.search(r'aria-describedby="([^"]+)"', refused)
    assert described and f'id="{described[1]}"' in refused and "#alerte" in refused


def test_pagination_keeps_the_other_parameters_and_hides_on_one_page(rf):
    def paged(people: range, number: int) -> str:
        context = Context({"x": Paginator(people, 10).page(number)})
        context.request = rf.get("/?tri=nom&page=2")
        return Template("{% pagination x %}").render(context)

    html = paged(range(90), 2)
    assert "tri=nom" in html and "page=3" in html and html.count('aria-current="page"') == 1
    assert paged(range(9), 1).strip() == ""


def test_the_current_seat_is_said_and_the_others_offered():
    here = Seat(SeatKind.COORDINATOR, "coordinator:1", "coordinatrice", "Le Plateau")
    other = Seat(SeatKind.NETWORK, "network:1", "administratrice", "Réseau")
    html = render(
        "{% seat_switcher x '/changer' %}",
        x=[here, other],
        actor=Actor(1, 1, "Inès Marchal", here),
        csrf_token="jeton",
    )

    assert html.count("<button") == 1 and 'value="network:1"' in html and "jeton" in html


def test_a_quote_names_no_trade_it_does_not_know():
    assert "ct-band" not in render("{% quote text='a' person='Rosa' %}")
    assert "ct-peony" in render("{% quote text='a' person='Rosa' trade='fleuriste' %}")


def test_the_verdict_and_the_empty_state_speak():
    assert "ct-ok" in render("{% verdict 'ok' title='Ce papier est valable' %}")
    assert "Noter" in render("{% empty title='Rien' url='/h' action='Noter' %}")


def test_the_page_of_a_breakdown_needs_neither_context_nor_database():
    html = get_template("500.html").render()

    assert "Le site a une panne" in html and html.count("<h1") == 1


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", ["403.html", "404.html", "409.html", "429.html"])
def test_error_pages_say_what_to_do_next(name, rf):
    html = get_template(name).render({"sentence": "Le vote est fermé."}, None)

    assert html.count("<h1") == 1 and 'href="/"' in html and "!" not in re.sub(r"<[^>]*>", "", html)


def test_every_icon_named_in_a_template_is_in_the_sprite():
    named = re.compile(r'(?:\{% icon |icon=|state_badge "\w+" |\{% note )["\']([\w-]+)["\']')
    for path in (ROOT / "templates").rglob("*.html"):
        for name in named.findall(path.read_text()):
            assert name in ICONS, f"{path.name}: {name}"


def test_every_component_says_its_parameters_on_its_first_line():
    for path in (ROOT / "templates/components").glob("*.html"):
        assert path.read_text().startswith("{#"), path.name


def test_no_template_carries_inline_style_script_or_unescaped_text():
    forbidden = re.compile(r"\sstyle=|\son\w+=|\|safe\b|<script(?![^>]*\ssrc=)|<style")
    for path in (ROOT / "templates").rglob("*.html"):
        if "pdf" not in path.parts and "emails" not in path.parts:
            assert not forbidden.search(path.read_text()), path.name


def test_names_from_people_cannot_break_the_layout(rf):
    actor = SimpleNamespace(
        person_name="<b>Ami</b>", initials="AB", seat_label="x", place_label="y"
    )
    for name in ("layouts/phone.html", "layouts/desk.html"):
        html = get_template(name).template.render(
            Context({"actor": actor, "nav": [], "profile_url": "/moi", "sign_out_url": "/quitter"})
        )
        assert "<b>Ami" not in html and "&lt;b&gt;Ami" in html
