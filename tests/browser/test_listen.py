"""The button that reads a page aloud: shown when it can speak, in reading order, amounts said well."""

from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "listen.js"
PAGE = """<!doctype html><html lang="fr"><body>
<button type="button" hidden data-ct-listen data-stop="Arrêter la lecture">
<span data-ct-listen-label>Écouter la page</span></button>
<script type="module" src="/listen.js"></script>
<main><h1>Ma paie de novembre</h1>
<p>Pour <b>Amina Sarr</b></p><p>1\u00a0249,52\u00a0€</p><p>300,00\u00a0€ et −\u00a05,05\u00a0€</p>
<ul><li>Tes heures : 43\u00a0h\u00a030, puis 4\u00a0h, puis 45\u00a0min</li>
<li>Règle n° 1 : 10\u00a0% le 1er octobre</li></ul>
<p hidden>caché</p><span aria-hidden="true">décor</span>
<details><summary>Voir le calcul</summary><p>replié</p></details>
<form><input type="hidden" value="jeton"><button>J’ai compris</button></form></main></body></html>"""
# Stands for the voices of a phone: keeps what it is asked to say.
VOICES = """
window.said = []; window.stopped = 0;
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES_HERE.map((lang) => ({ lang })),
  speak: (one) => { window.said.push(one.text); window.last = one; },
  cancel: () => { window.stopped += 1; },
  addEventListener: () => {},
} });
"""


@pytest.fixture
def opened(page):
    def at(voices: str):
        page.route(
            "**/listen.js",
            lambda route: route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript"),
        )
        page.route(
            "**/page",
            lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"),
        )
        page.add_init_script(VOICES.replace("VOICES_HERE", voices))
        page.goto("http://coop.test/page", wait_until="load")
        return page

    return at


def test_it_reads_in_order_and_says_amounts_and_hours_as_people_do(opened):
    page = opened('["fr-FR"]')
    page.get_by_role("button", name="Écouter la page").click()
    assert page.evaluate("window.said") == [
        "Ma paie de novembre", "Pour Amina Sarr", "1249 euros 52", "300 euros et moins 5 euros 05",
        "Tes heures : 43 heures 30, puis 4 heures, puis 45 minutes",
        "Règle numéro 1 : 10 pour cent le premier octobre", "Voir le calcul", "J’ai compris",
    ]  # fmt: skip


def test_it_stops_when_asked_and_says_so(opened):
    page = opened('["en-US", "fr_CA"]')
    page.get_by_role("button", name="Écouter la page").click()
    page.get_by_role("button", name="Arrêter la lecture").click()
    assert page.evaluate("window.stopped") == 2
    assert page.get_by_role("button", name="Écouter la page").is_visible()


def test_it_comes_back_when_the_page_is_read_to_its_end(opened):
    page = opened('["fr-FR"]')
    page.get_by_role("button", name="Écouter la page").click()
    page.evaluate("window.last.onend()")
    assert page.get_by_role("button", name="Écouter la page").is_visible()


@pytest.mark.parametrize("voices", ["[]", '["en-US"]'])
def test_it_hides_where_nothing_can_speak_french(opened, voices):
    page = opened(voices)
    assert page.locator("[data-ct-listen]").is_hidden()
