"""Nobody of the staff may act as somebody else: no such door exists outside the demo."""

import ast
import re

from django.conf import settings
from django.urls import get_resolver

from tests.test_access import ADDRESSES
from tests.test_architecture import ROOT, imported_modules, module_of, sources

ACT_AS = re.compile(r"impersonat|hijack|login_?as|act_?as|entrer_?comme|enter_as|become|su_login")
# Where a session is opened: by a card or a link of the person, and the door of invented people.
OPENERS = {"members.services.sign_in", "ct_platform.home.views.demo"}


def test_no_address_lets_one_person_be_another():
    assert not settings.DEMO
    assert [name for name in ADDRESSES if ACT_AS.search(name)] == []
    assert "home:demo_enter" not in ADDRESSES
    assert [app for app in settings.INSTALLED_APPS if ACT_AS.search(app)] == []
    middleware = [one for one in settings.MIDDLEWARE if ACT_AS.search(one.lower())]
    assert middleware == []
    assert not any(ACT_AS.search(str(one.pattern)) for one in get_resolver().url_patterns)


def test_sessions_are_opened_in_two_places_only():
    found = {
        module_of(path)
        for path in sources()
        for _line, name in imported_modules(ast.parse(path.read_text()))
        if name in ("django.contrib.auth.login", "django.contrib.auth.alogin")
    }
    assert found == OPENERS


def test_only_a_person_s_own_card_or_link_opens_their_session():
    callers = {
        module_of(path)
        for path in sources()
        if re.search(r"\bopen_session\(", path.read_text())
        and module_of(path) != "members.services.sign_in"
    }
    assert callers == {"members.views.cards", "decisions.views.vote_link"}


def test_the_demo_door_is_behind_its_setting():
    text = (ROOT / "ct_platform/home/urls.py").read_text()
    after = text.split("if settings.DEMO:")[1]
    assert text.count("demo.enter_as") == 1 == after.count("demo.enter_as")
