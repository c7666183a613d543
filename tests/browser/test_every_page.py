"""Every page somebody may open: it fits at 360 and 1280 px, says nothing in the console, passes axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from tests import personas
from tests.access_world import furnish, keys_of
from tests.test_access import ADDRESSES, ROWS

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Files, redirects, pages that differ by what is asked, and a link that is wrong in this world.
NOT_PAGES = {
    "home:health", "home:arrive", "documents:download", "cohorts:import_model", "reports:pdf",
    "reports:sheet", "reports:data", "reports:open", "reports:shared", "reports:shared_pdf",
    "members:join", "documents:download_all", "payroll:uploaded_slip",
    "cohorts:cape_end_preview", "payroll:profile_answer", "decisions:register_file",
    "decisions:vote_link", "cohorts:application_voice", "cohorts:answer_letters",
    "cohorts:contract_file", "cohorts:contract_preview", "cohorts:sheet_scan", "cohorts:attendance_export",
    "cohorts:feed", "cohorts:files_export", "cohorts:file_proof", "cohorts:skills_preview",
    "cohorts:badge", "cohorts:badge_issuer", "cohorts:guest_screen", "cohorts:invitation", "home:favicon",
    "cohorts:not_me", "cohorts:badge_status", "cohorts:print_session_convocations",
    "decisions:print_convocations", "cohorts:event_letters", "cohorts:my_contacts_file",
    "cohorts:news", "cohorts:kit_file", "projects:closing_preview",
    "projects:quote_preview", "projects:quote_link", "projects:quote_link_pdf",
    "projects:receipt",
    "projects:invoice_preview",
    "projects:statement_pdf", "projects:invoice_link",
    "projects:sync", "projects:hours_worker", "projects:hours_manifest",
    "testimonials:story_card", "testimonials:story_photo", "testimonials:withdraw_by_link",
    "testimonials:recording", "testimonials:photo",
    "home:partner_logo", "home:robots", "home:sitemap",
    "reports:api_openapi", "reports:api_definitions", "reports:api_public_cohorts", "reports:api_unknown",
    "reports:api_releases", "reports:open_file", "reports:impact_poster", "reports:operation_poster",
    "reports:export_indicators", "reports:evidence_sheet",
    "reports:operation_evidence_sheet", "reports:operation_evidence_bundle",
}  # fmt: skip
BACKEND = "django.contrib.auth.backends.ModelBackend"


def pages_of(person: str) -> list[str]:
    """Public pages for nobody in particular; for a person, those that are theirs."""
    return [
        name
        for name, row in ROWS.items()
        if not row.post
        and name not in NOT_PAGES
        and row.public is (not person)
        and (not person or person in row.opens)
    ]


def cookie_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.mark.parametrize("person", ["", "amina", "driss", "helene", "elsa", "nora"])
@pytest.mark.django_db(transaction=True)
def test_every_page_fits_is_quiet_and_accessible(visitor, live_server, settings, papers, person):
    settings.SECOND_FACTOR_REQUIRED = False
    people = personas.build()
    ids = furnish(people)
    papers.render()
    who = visitor(person or "Quelqu’un", phone=person == "amina")
    if person:
        who.page.context.add_cookies(
            [
                {
                    "name": django_settings.SESSION_COOKIE_NAME,
                    "value": cookie_of(people.user(person)),
                    "url": live_server.url,
                }
            ]
        )
    wrong = []
    for name in pages_of(person):
        who.goes(reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids)))
        for width in (360, 1280):
            who.page.set_viewport_size({"width": width, "height": 800})
            wide = who.page.evaluate("document.scrollingElement.scrollWidth")
            if wide > width:
                wrong.append(f"{name} at {width} px is {wide} px wide")
            found = Axe().run(who.page, options=STANDARD).response["violations"]
            for one in found:
                where = "; ".join(str(node["target"]) for node in one["nodes"][:3])
                wrong.append(f"{name} at {width} px: {one['id']}, {where}")
    assert not wrong, "\n".join(wrong)
    assert who.complaints == []


def test_axe_sees_a_bad_page(page):
    """The control: a page with faults is told."""
    page.set_content(
        "<html><body><img src='x.png'><input><p style='color:#ccc'>pâle</p></body></html>"
    )
    assert Axe().run(page, options=STANDARD).violations_count >= 3
