"""Every address × every persona. An address without a row fails; a stranger learns and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ct_platform.kit.models import TransitionLog
from tests import personas
from tests.access_world import CANARY, furnish
from tests.test_consistency import OURS

EVERYBODY = frozenset(personas.ALL)
COOPERANTS = frozenset({"amina", "bastien", "gael", "chloe"})
STILL_IN = COOPERANTS - {"gael"}  # who left reads, and writes no more


@dataclass(frozen=True)
class Row:
    """`opens`: who may. Everybody else must meet 403 or 404. `post`: the address only acts."""

    opens: frozenset[str]
    post: bool = False
    public: bool = False
    sends: tuple[tuple[str, str], ...] = ()  # what the button sends, where the act has several


def page(*names: str) -> Row:
    return Row(frozenset(names))


def act(*names: str) -> Row:
    return Row(frozenset(names), post=True)


ANYONE = Row(EVERYBODY, public=True)
OWN_DOORS = Row(EVERYBODY)  # pages about oneself: open to all who are signed in

ROWS: dict[str, Row] = {
    # --- the public
    "home:public": ANYONE,
    "home:cooperatives": ANYONE,
    "home:accessibility": ANYONE,
    "home:privacy": ANYONE,
    "home:legal": ANYONE,
    "home:health": ANYONE,
    "documents:check_form": ANYONE,
    "documents:check": ANYONE,
    "testimonials:public": ANYONE,
    "members:join_code": ANYONE,
    "members:join": ANYONE,
    "members:sign_in": ANYONE,
    "decisions:vote_link": ANYONE,
    "cohorts:feed": ANYONE,
    "cohorts:guest_screen": ANYONE,
    "cohorts:cooperative": ANYONE,
    "cohorts:apply": ANYONE,
    "cohorts:applied": ANYONE,
    "cohorts:sign_up": ANYONE,
    # --- the selection: who sits on a local committee, tests/cohorts/test_selection.py
    "cohorts:selections": page("elsa", "farid"),
    "cohorts:applications": page("driss"),
    "cohorts:application": page("driss"),
    "cohorts:application_voice": page("driss"),
    "cohorts:opine": act("driss"),
    "cohorts:decide_application": act("driss"),
    "cohorts:enrol_application": act("driss"),
    "cohorts:answers": page("driss"),
    "cohorts:answer_again": act("driss"),
    "cohorts:answer_letters": page("driss"),
    "cohorts:letters_posted": act("driss"),
    "cohorts:meetings": page("driss"),
    "cohorts:meeting": page("driss"),
    "cohorts:call_off_meeting": act("driss"),
    "cohorts:welcome": act(),  # the group runs: it lets in by a vote
    # --- oneself
    "home:arrive": OWN_DOORS,
    "members:profile": OWN_DOORS,
    "members:seats": OWN_DOORS,
    "members:sign_out": Row(EVERYBODY, post=True),
    "documents:mine": OWN_DOORS,
    "documents:download_all": OWN_DOORS,
    # --- coopérants
    "home:my_coop": Row(COOPERANTS),
    "projects:my_hours": Row(COOPERANTS),
    "projects:repeat": Row(STILL_IN, post=True),
    "projects:complete": Row(STILL_IN, post=True),
    "projects:entry": page("amina"),
    "projects:withdraw": act("amina"),
    "projects:keep": act("amina"),
    "projects:to_confirm": Row(COOPERANTS),
    "projects:confirm": Row(STILL_IN, post=True),
    "projects:question": act("bastien"),
    "decisions:to_decide": Row(COOPERANTS),
    "decisions:poll": page("amina", "bastien", "gael"),
    "decisions:poll_for": page("amina"),
    "decisions:settle_objection": act("amina", "bastien", "gael"),
    # The vote here is open, without keys: who may do what with them, tests/decisions/secrecy.
    "decisions:key": page(),
    "decisions:board": page(),
    "decisions:register": Row(COOPERANTS),
    "decisions:rules": Row(COOPERANTS),
    "decisions:my_proxies": Row(COOPERANTS),
    "decisions:my_assemblies": Row(COOPERANTS),
    "decisions:assembly": page("amina", "bastien", "gael", "driss"),
    "decisions:hands": page("amina", "bastien", "driss"),
    # The vote of this assembly is open: who may do what with papers, test_paper_ballots.py.
    "decisions:paper": page(),
    "decisions:paper_to_print": page(),
    "decisions:sign_minutes": page("amina", "bastien"),
    "decisions:minutes": page(),  # nobody signed yet: there are no minutes
    "decisions:assemblies": page("driss"),
    "decisions:attendance": page("driss", "bastien"),
    "decisions:debate": page("driss", "bastien"),
    "decisions:open_assembly": act("driss"),
    "decisions:close_assembly": act("driss"),
    "decisions:cancel_assembly": act("driss"),
    "decisions:leave_open": act("driss"),
    "decisions:convening": page("driss"),
    "decisions:convene_again": act("driss"),
    "decisions:revoke_proxy": act("amina"),
    # --- the calendar and one's presences: Amina signed this morning
    "cohorts:my_agenda": Row(COOPERANTS),
    "cohorts:my_presences": Row(COOPERANTS),
    "cohorts:my_presence": page("amina", "bastien", "gael"),
    "cohorts:my_correction": act("amina", "bastien", "gael"),
    "cohorts:answer_my_correction": act("amina"),
    "cohorts:renew_feed": Row(COOPERANTS | {"driss", "dalia"}, post=True),
    "cohorts:close_feed": Row(COOPERANTS | {"driss", "dalia"}, post=True),
    "cohorts:choose_reminder": Row(COOPERANTS, post=True),
    "cohorts:type_code": Row(STILL_IN),
    "cohorts:sign": page("amina", "bastien"),
    "cohorts:signed": page("amina", "bastien", "gael"),
    "projects:note_attended": act("amina"),
    # --- a proposal that Amina carries, and her question about it
    "decisions:proposals": Row(COOPERANTS),
    "decisions:choose_proposal": Row(STILL_IN),
    "decisions:write_proposal": Row(STILL_IN),
    "decisions:proposal": page("amina", "bastien", "gael", "driss"),
    "decisions:proposal_history": page("amina", "bastien", "gael", "driss"),
    "decisions:write_version": page("amina"),
    "decisions:say": act("amina", "bastien"),
    "decisions:withdraw_proposal": act("amina"),
    "decisions:answer": act("amina", "bastien", "driss"),
    "decisions:decline": act("amina"),
    "decisions:withdraw_words": act("amina"),
    "decisions:put_to_vote": page("driss"),
    "payroll:my_pay": Row(COOPERANTS),
    "payroll:my_pay_of": page("amina"),
    "payroll:my_pay_hours": page("amina"),
    "payroll:choose_slip": Row(COOPERANTS, post=True, sends=(("choice", "paper"),)),
    "payroll:my_pay_pot": page("amina"),
    "payroll:my_pay_what_if": page("amina"),
    "testimonials:mine": Row(COOPERANTS),
    "testimonials:withdraw": act("amina"),
    # --- papers of Amina: her slip is hers and the host's
    "documents:download": page("amina", "helene"),
    "documents:open": act("amina", "helene"),
    "documents:retry": act("driss", "helene"),
    "documents:retry_batch": act("driss", "helene"),
    # --- coordinators
    "home:dashboard": page("driss", "dalia"),
    "home:cohort_dashboard": page("driss"),
    "cohorts:create": page("driss", "dalia"),
    "cohorts:edit": page("driss"),
    "cohorts:step": Row(frozenset({"driss"}), post=True, sends=(("to", "closing"),)),
    "cohorts:people": page("driss"),
    "cohorts:add_person": page("driss"),
    "cohorts:leave": page("driss"),
    "cohorts:import": page("driss"),
    "cohorts:import_model": page("driss"),
    "cohorts:import_preview": page("driss"),
    "cohorts:import_discard": act("driss"),
    "cohorts:join_cards": page("driss"),
    "cohorts:papers": page("driss"),
    # --- skills: Amina's, confirmed by Bastien and by Driss
    "cohorts:my_skills": Row(COOPERANTS),
    "cohorts:assess_skills": Row(STILL_IN),
    "cohorts:show_skills": Row(COOPERANTS),
    "cohorts:colleagues_skills": Row(COOPERANTS),
    "cohorts:confirm_skills": page("bastien", "driss"),
    "cohorts:withdraw_confirmation": act("bastien"),
    "cohorts:skills": page("driss"),
    "cohorts:skill_grid": page("driss"),
    "cohorts:issue_skills": act("driss"),
    "cohorts:skills_preview": page("driss"),
    "cohorts:badge": page(),  # the paper of the address is a slip: it has no badge
    "cohorts:badge_issuer": ANYONE,
    # --- files: who coordinates, and each their own
    "cohorts:files": page("driss"),
    "cohorts:files_operation": act("driss"),
    "cohorts:files_export": act("driss"),
    "cohorts:file": page("driss"),
    "cohorts:file_step": page("driss"),
    "cohorts:file_place": page("driss"),
    "cohorts:file_exit": page("driss"),
    "cohorts:file_sensitive": page("driss"),
    "cohorts:file_add_proof": act("driss"),
    "cohorts:file_proof": act("driss"),
    "cohorts:file_questionnaire": act("driss"),
    "cohorts:my_file": Row(COOPERANTS),
    "cohorts:my_file_step": Row(STILL_IN),
    "cohorts:my_sensitive": Row(STILL_IN),
    "cohorts:calendar": page("driss"),
    "cohorts:plan_session": page("driss"),
    "cohorts:session": page("driss"),
    "cohorts:edit_session": page("driss"),
    "cohorts:cancel_session": page("driss"),
    "cohorts:paper_sheet": page("driss"),
    "cohorts:sheet_scan": page("driss"),
    "cohorts:slot_screen": page("driss"),
    "cohorts:slot_tablet": page("driss"),
    "cohorts:tablet_sign": page("driss"),
    "cohorts:note_absences": act("driss"),
    "cohorts:trainer_sign": act("driss"),
    "cohorts:renew_trainer_link": act("driss"),
    "cohorts:attendance_cell": page("driss"),
    "cohorts:ask_correction": act("driss"),
    "cohorts:answer_correction": act("driss"),
    "cohorts:attendance_sheets": page("driss"),
    "cohorts:attendance_export": page("driss"),
    "projects:cohort_hours": page("driss"),
    "projects:cohort_confirm": act("driss"),
    "projects:person_hours": page("driss"),
    "projects:cohort_question": act("driss"),
    "projects:activities": page("driss"),
    "projects:add_project": page("driss"),
    "projects:add_sale": page("driss"),
    "projects:edit_sale": page("driss"),
    "projects:mark_paid": act("driss"),
    "projects:withdraw_sale": act("driss"),
    "projects:add_expense": page("driss"),
    "projects:edit_expense": page("driss"),
    "projects:withdraw_expense": act("driss"),
    "decisions:ballots_file": page(),  # the vote is open: nothing to recount yet
    "decisions:of_cohort": page("driss"),
    "decisions:register_file": page("driss"),
    "decisions:apply_again": act(),  # nothing is decided yet
    "decisions:statutes": page("driss"),
    "decisions:proxies_of_cohort": page("driss"),
    "decisions:choose_effect": page("driss"),
    "decisions:open_vote": page("driss"),
    "decisions:poll_of_cohort": page("driss"),
    "decisions:close": act("driss"),
    "decisions:cancel": act("driss"),
    "decisions:next_round": act(),  # the vote is open: no next round before it is counted
    "testimonials:of_cohort": page("driss"),
    "testimonials:approve": act("driss"),
    "testimonials:decline": act("driss"),
    "decisions:deliveries": page("driss"),
    "decisions:try_again": act("driss"),
    "decisions:remind": act("driss"),
    # --- pay: coordinator and host
    "payroll:runs": page("driss", "helene"),
    "payroll:run": page("driss", "helene"),
    "payroll:pot": page("driss", "helene"),
    "payroll:edit_draft": act("driss"),
    "payroll:freeze": act("driss"),
    "payroll:compute": act("driss"),
    "payroll:review": act("driss"),
    "payroll:approve": act("helene"),
    "payroll:issue": act("driss", "helene"),
    "payroll:reopen": act(),  # the run is issued: nobody reopens it
    "payroll:papers": page("driss", "helene"),
    "payroll:exports": page("helene"),
    "payroll:export": act("helene"),
    "payroll:correct": page("helene"),
    "payroll:correction": page("helene"),
    "payroll:issue_correction": act("helene"),
    "payroll:drop_correction": act("helene"),
    "payroll:uploads": page("helene"),
    "payroll:upload": page("helene"),
    "payroll:uploaded_slip": page("helene"),
    "payroll:join_slip": act("helene"),
    "payroll:distribute_upload": act("helene"),
    "payroll:discard_upload": act("helene"),
    "payroll:slip_choices": page("driss", "helene"),
    "payroll:slip_said": page("driss", "helene"),
    "payroll:slip_delivery": page("driss", "helene"),
    "payroll:slip_given": act("driss", "helene"),
    "home:to_approve": page("helene", "hugo"),
    "cohorts:programmes": page("helene", "hugo"),
    "cohorts:close_programme": act("helene"),
    "cohorts:cape_ends": page("helene"),
    "cohorts:cape_end_preview": page("helene"),
    # --- contracts: the host writes, the coordinator reads, each has their own
    "cohorts:my_contract": Row(COOPERANTS),
    "cohorts:host_contracts": page("helene", "hugo"),
    "cohorts:contract_notices": page("helene", "hugo"),
    "cohorts:contract_notice": page("helene"),
    "cohorts:contract_letter": act("helene"),
    "cohorts:contract_kinds": page("helene", "hugo"),
    "cohorts:contract_terms": page("helene", "hugo"),
    "cohorts:contract_file": page("amina", "driss", "helene"),
    "cohorts:contracts": page("driss", "helene"),
    "cohorts:prepare_contracts": act("helene"),
    "cohorts:contract_questions": page("helene"),
    "cohorts:contract_papers": page("driss", "helene"),
    "cohorts:contract": page("driss", "helene"),
    "cohorts:contract_preview": page("helene"),
    "cohorts:contract_dates": page("helene"),
    "cohorts:contract_points": page("helene"),
    "cohorts:contract_eligibility": page("helene"),
    "cohorts:sign_contract": page("helene"),
    "cohorts:renew_contract": page("helene"),
    "cohorts:amend_contract": page("helene"),
    "cohorts:end_contract": page("helene"),
    "cohorts:withdraw_contract": page("helene"),
    "cohorts:cancel_contract": page("helene"),
    "cohorts:sign_amendment": page("helene"),
    "cohorts:cancel_amendment": page("helene"),
    "payroll:host_settings": page("helene", "hugo"),
    "payroll:confirm_profile": act("helene"),
    "payroll:host_accounts": page("helene", "hugo"),
    "payroll:write_profile": act("helene"),
    "payroll:profile_answer": page("helene"),
    "payroll:personal_terms": page("helene"),
    "payroll:write_terms": act("helene"),
    # --- accounts and money that leaves: the host alone
    "payroll:my_bank": Row(COOPERANTS),
    "payroll:bank_accounts": page("helene"),
    "payroll:bank_account_of": page("helene"),
    "payroll:host_bank": page("helene", "hugo"),
    "payroll:adjustments": page("helene"),
    "payroll:cancel_adjustment": act("helene"),
    "payroll:my_account": Row(COOPERANTS),
    "payroll:account_of": page("helene"),
    "payroll:payments": page("driss", "helene"),
    "payroll:close": act("helene"),
    "payroll:order": page("helene"),
    "payroll:order_file": act("helene"),
    "payroll:order_list": act("helene"),
    "payroll:order_letters": act("helene"),
    "payroll:reject_payment": page("helene"),
    # --- reports: never a coopérant
    "reports:follow": Row(EVERYBODY - COOPERANTS),
    "reports:of_cohort": page("driss"),
    "reports:freeze": act("driss"),
    "reports:snapshot": page("driss", "elsa", "helene", "nora"),
    "reports:pdf": page("driss", "elsa", "helene", "nora"),
    "reports:sheet": page("driss", "elsa", "helene", "nora"),
    # --- the network
    "home:network": page("nora"),
}
# allauth's own doors, tested in tests/members; the admin, tested below.
ELSEWHERE = ("account_", "mfa_", "admin:")


def addresses() -> Iterator[tuple[str, list[str]]]:
    def walk(patterns: list, space: str) -> Iterator[tuple[str, list[str]]]:
        for item in patterns:
            if isinstance(item, URLResolver):
                yield from walk(
                    item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space
                )
            elif isinstance(item, URLPattern):
                yield f"{space}{item.name}", list(item.pattern.regex.groupindex)

    yield from walk(get_resolver().url_patterns, "")


ADDRESSES = dict(addresses())


def test_every_address_has_its_row_and_no_row_is_a_ghost():
    ours = {name for name in ADDRESSES if not name.startswith(ELSEWHERE) and name != "None"}
    assert ours - set(ROWS) == set()
    assert set(ROWS) - ours == set()


def fingerprint() -> dict[str, int]:
    """How many rows of each kind, and how many changes of state: what a refused act must not move."""
    counts = {
        m._meta.label: m.objects.count()
        for app in OURS
        for m in apps.get_app_config(app).get_models()
    }
    return counts | {"moves": TransitionLog.objects.count()}


def answers(
    client: Client, ids: dict[str, Any], *, visit: bool = False
) -> Iterator[tuple[str, Row, HttpResponse, bool]]:
    """Ask every address in turn, each in a transaction rolled back; tells whether anything moved."""
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    for name, row in ROWS.items():
        address = reverse(name, kwargs={key: ids[key] for key in ADDRESSES[name]})
        # Signing out is among the addresses: each is asked by the same signed-in person.
        client.cookies = SimpleCookie(cookies)
        with transaction.atomic():
            before = fingerprint()
            answer = (
                client.get(address)
                if visit or not row.post
                else client.post(address, dict(row.sends))
            )
            moved = fingerprint() != before
            transaction.set_rollback(True)
        yield name, row, answer, moved


@pytest.mark.parametrize("person", personas.ALL)
def test_everybody_opens_what_is_theirs_and_meets_a_closed_door_elsewhere(people, enter, person):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(enter(person), ids):
        closed = answer.status_code in (403, 404)
        if person in row.opens:
            # An act asked for with an empty form may be refused in words, never by a closed door.
            if closed and not row.public:
                wrong.append(f"{name} is closed: {answer.status_code}")
            continue
        if not closed:
            wrong.append(f"{name} is open: {answer.status_code}")
        if CANARY in answer.content.decode(errors="ignore") or CANARY in str(answer.headers):
            wrong.append(f"{name} says what it should not")
        if moved:
            wrong.append(f"{name} changed something")
    assert not wrong, "\n".join(wrong)


def test_nobody_enters_without_signing_in(people, client):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(client, ids):
        if row.public:
            fine = answer.status_code in (200, 404)
        elif row.opens == EVERYBODY and row.post:
            fine = answer.status_code in (302, 403)  # signing out when nobody is in
        else:
            fine = answer.status_code == 302 and answer.headers["Location"].startswith(
                reverse("members:sign_in")
            )
        if not fine or moved or CANARY in answer.content.decode(errors="ignore"):
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", ["amina", "driss", "helene"])
def test_an_address_that_acts_does_nothing_on_a_visit(people, enter, person):
    wrong = []
    ids = furnish(people)
    for name, row, answer, moved in answers(enter(person), ids, visit=True):
        # 200: an act that cannot be undone first shows a page that asks.
        if row.post and person in row.opens and answer.status_code not in (200, 302, 405):
            wrong.append(f"{name}: {answer.status_code}")
        if moved:
            wrong.append(f"{name} changed something")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", personas.ALL)
def test_nobody_but_staff_opens_the_admin(people, enter, person):
    answer = enter(person).get("/gestion/")
    assert answer.status_code == 302
    assert "/gestion/login/" in answer.headers["Location"]


def test_signed_in_pages_stay_out_of_caches(people, enter):
    for person, name in (
        ("amina", "home:my_coop"),
        ("driss", "home:dashboard"),
        ("elsa", "members:profile"),
    ):
        headers = enter(person).get(reverse(name)).headers
        assert "no-store" in headers["Cache-Control"]
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
