"""A page costs the same number of queries for one row and for two hundred, and never more than fifteen."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access_world import furnish, keys_of
from tests.crowd import gather
from tests.test_access import ADDRESSES

CEILING = 15
PAGES = [
    ("driss", "home:dashboard"), ("driss", "home:cohort_dashboard"), ("driss", "cohorts:people"),
    ("nora", "home:network_cohorts"), ("driss", "cohorts:path"), ("amina", "cohorts:my_path"),
    ("driss", "cohorts:papers"), ("driss", "projects:cohort_hours"), ("driss", "projects:activities"),
    ("driss", "projects:selling"), ("driss", "projects:customers"), ("driss", "projects:customer"),
    ("driss", "projects:products"), ("driss", "projects:quotes"), ("driss", "projects:quote"),
    ("helene", "projects:quote"), ("driss", "projects:add_quote"), ("driss", "projects:edit_quote"),
    ("helene", "projects:seller_terms"), ("helene", "projects:vat"),
    ("driss", "decisions:of_cohort"), ("driss", "decisions:assemblies"), ("driss", "decisions:assembly"),
    ("driss", "decisions:hands"), ("driss", "decisions:attendance"), ("amina", "decisions:my_assemblies"),
    ("driss", "payroll:runs"), ("driss", "payroll:run"),
    ("driss", "payroll:pot"), ("driss", "payroll:papers"), ("driss", "testimonials:of_cohort"),
    ("driss", "reports:of_cohort"), ("driss", "reports:snapshot"), ("elsa", "reports:snapshot"),
    ("driss", "reports:funding"), ("elsa", "reports:funding"), ("nora", "reports:funding"),
    ("driss", "reports:ask_funding"), ("driss", "reports:funding_line"), ("elsa", "reports:funding_line"),
    ("driss", "reports:share_funding"), ("driss", "reports:operation"), ("driss", "reports:indicators"),
    ("elsa", "reports:published_indicators"), ("driss", "reports:operation_evidence"),
    ("driss", "reports:evidence"), ("driss", "reports:budget"), ("elsa", "reports:budget"),
    ("elsa", "reports:tokens"), ("nora", "reports:tokens"), ("", "reports:api"),
    ("", "reports:open_data"), ("nora", "reports:choose_open_year"), ("nora", "reports:open_year"),
    ("elsa", "reports:territory"), ("nora", "reports:territory"), ("nora", "reports:follow"),
    ("elsa", "reports:impact_years"), ("nora", "reports:impact_years"), ("elsa", "reports:impact"),
    ("elsa", "reports:impact_poster"),
    ("elsa", "reports:territories"), ("nora", "reports:territories"), ("helene", "reports:follow"),
    ("driss", "decisions:statutes"), ("amina", "decisions:rules"),
    ("amina", "decisions:proposals"), ("amina", "decisions:proposal"), ("driss", "decisions:proposal"),
    ("amina", "decisions:proposal_history"), ("amina", "decisions:write_version"),
    ("amina", "decisions:write_proposal"), ("driss", "decisions:open_vote"),
    ("driss", "decisions:put_to_vote"),
    ("amina", "home:my_coop"), ("amina", "projects:my_hours"), ("amina", "projects:to_confirm"),
    ("amina", "projects:offer_hours"), ("driss", "projects:cohort_offer"), ("amina", "projects:sync"),
    ("", "projects:offline_hours"), ("", "projects:hours_worker"),
    ("amina", "decisions:to_decide"),
    ("amina", "decisions:my_proxies"), ("driss", "decisions:proxies_of_cohort"),
    ("amina", "decisions:register"), ("amina", "payroll:my_pay"),
    ("amina", "payroll:my_pay_hours"), ("amina", "payroll:my_pay_pot"), ("amina", "payroll:my_pay_what_if"),
    ("driss", "decisions:deliveries"),
    ("driss", "payroll:slip_choices"), ("driss", "payroll:slip_delivery"),
    ("amina", "documents:mine"), ("amina", "testimonials:mine"),
    ("driss", "payroll:payments"), ("helene", "payroll:payments"), ("helene", "payroll:bank_accounts"),
    ("helene", "payroll:adjustments"), ("helene", "payroll:order"), ("helene", "payroll:account_of"),
    ("amina", "payroll:my_account"), ("amina", "payroll:my_bank"),
    ("helene", "home:to_approve"), ("helene", "payroll:runs"), ("helene", "payroll:host_settings"),
    ("helene", "payroll:host_accounts"), ("helene", "payroll:exports"),
    ("helene", "payroll:uploads"), ("helene", "payroll:upload"),
    ("helene", "payroll:personal_terms"),
    ("helene", "cohorts:cape_ends"),
    ("amina", "cohorts:my_skills"), ("amina", "cohorts:assess_skills"), ("amina", "cohorts:colleagues_skills"),
    ("amina", "cohorts:my_next"), ("amina", "cohorts:my_next_project"), ("amina", "cohorts:my_next_helper"),
    ("amina", "cohorts:my_next_news"), ("driss", "cohorts:next"), ("driss", "cohorts:next_helper"),
    ("driss", "cohorts:exit_interview"), ("driss", "cohorts:after"), ("driss", "cohorts:after_call"),
    ("driss", "cohorts:take_back"), ("elsa", "cohorts:helped"),
    ("bastien", "cohorts:confirm_skills"), ("driss", "cohorts:skills"),
    ("driss", "cohorts:files"), ("driss", "cohorts:file"), ("driss", "cohorts:file_place"),
    ("driss", "cohorts:file_step"), ("driss", "cohorts:file_exit"), ("driss", "cohorts:file_sensitive"),
    ("amina", "cohorts:my_file"), ("amina", "cohorts:my_file_step"), ("amina", "cohorts:my_sensitive"),
    ("helene", "cohorts:cape_ends"), ("helene", "cohorts:host_contracts"), ("helene", "cohorts:contracts"),
    ("driss", "cohorts:contracts"), ("helene", "cohorts:contract"), ("helene", "cohorts:contract_notices"),
    ("helene", "cohorts:contract_questions"), ("helene", "cohorts:contract_papers"),
    ("helene", "cohorts:contract_points"), ("helene", "cohorts:contract_kinds"), ("amina", "cohorts:my_contract"),
    ("helene", "cohorts:cape_ends"), ("helene", "cohorts:programmes"),
    ("driss", "cohorts:applications"), ("driss", "cohorts:application"), ("driss", "cohorts:answers"),
    ("driss", "cohorts:meetings"), ("driss", "cohorts:meeting"), ("elsa", "cohorts:selections"),
    ("", "cohorts:cooperative"), ("", "cohorts:cannot_enter"),
    ("driss", "cohorts:session_convocations"), ("driss", "decisions:convocations"),
    ("driss", "cohorts:recoveries"), ("helene", "cohorts:recovery"),
    ("", "cohorts:cooperative"), ("driss", "cohorts:calendar"), ("amina", "cohorts:my_agenda"),
    ("driss", "cohorts:attendance_sheets"),
    ("driss", "cohorts:events"), ("driss", "cohorts:event"), ("driss", "cohorts:add_guests"),
    ("driss", "cohorts:guest"), ("driss", "cohorts:invite"), ("driss", "cohorts:event_came"),
    ("driss", "cohorts:edit_event"), ("driss", "cohorts:contacts"), ("driss", "cohorts:contact"),
    ("driss", "cohorts:add_contact"), ("amina", "cohorts:my_events"), ("amina", "cohorts:my_event"),
    ("amina", "cohorts:my_contacts"), ("amina", "cohorts:propose_contact"),
    ("amina", "cohorts:my_contacts_file"), ("amina", "cohorts:tick_guests"),
    ("amina", "projects:my_tasks"), ("amina", "projects:my_task"), ("amina", "projects:my_task_came"),
    ("amina", "projects:propose_task"), ("driss", "projects:cohort_tasks"), ("driss", "projects:cohort_task"),
    ("driss", "projects:task_came"),
    ("amina", "projects:my_projects"), ("amina", "projects:project"), ("driss", "projects:project"),
    ("driss", "projects:prepare"), ("amina", "projects:ideas"), ("amina", "projects:idea"),
    ("driss", "projects:offer"), ("amina", "projects:lot"), ("driss", "projects:add_order"),
    ("driss", "projects:edit_offer"), ("amina", "projects:add_lot"), ("driss", "projects:sell_orders"),
    ("driss", "projects:project_team"),
    ("", "cohorts:cooperative"),
    ("driss", "cohorts:closing"), ("driss", "cohorts:explain"), ("driss", "projects:closing_papers"),
    ("driss", "projects:closing_progress"), ("driss", "cohorts:clone"), ("driss", "cohorts:import_kit"),
    ("driss", "projects:invoices"), ("driss", "projects:invoice"), ("helene", "projects:invoice"),
    ("driss", "projects:add_invoice"), ("driss", "projects:edit_invoice"), ("driss", "projects:statement"),
    ("driss", "projects:invoice_of_quote"), ("helene", "projects:host_invoices"), ("amina", "projects:my_invoices"),
    ("amina", "members:seats"), ("driss", "members:profile"), ("elsa", "reports:follow"), ("nora", "home:network"),
    ("driss", "projects:payments"), ("driss", "projects:invoice_payments"), ("driss", "projects:remind"),
    ("driss", "projects:reminder_letter"), ("", "projects:left_to_pay"), ("amina", "projects:cash_counts"),
    ("amina", "projects:cash_count"), ("driss", "projects:cash_count"), ("amina", "projects:tally_cash"),
    ("amina", "projects:split_cash"), ("driss", "projects:cohort_cash"), ("driss", "projects:hand_over_cash"),
    ("helene", "projects:bank"), ("helene", "projects:bank_statement"), ("helene", "projects:choose_invoice"),
    ("driss", "projects:all_hours"),
    ("amina", "projects:my_expenses"), ("amina", "projects:send_expense"), ("driss", "projects:claims"),
    ("driss", "projects:claim"), ("driss", "projects:add_expense"), ("driss", "projects:edit_expense"),
    ("driss", "payroll:refunds"), ("helene", "payroll:refunds"), ("helene", "payroll:refund"),
    ("helene", "payroll:refund_order"), ("helene", "payroll:reject_refund"),
    ("driss", "payroll:standing"), ("amina", "payroll:my_standing"),
    ("driss", "payroll:cohort_books"), ("helene", "payroll:cohort_books"),
    ("", "home:public"), ("", "home:cooperatives"), ("", "testimonials:public"),
    ("", "home:idea"), ("", "home:territory"), ("", "home:trades"), ("", "home:trade"), ("", "home:partners"),
    ("", "home:start"), ("", "home:privacy"), ("", "home:site_map"), ("", "home:sitemap"),
    ("nora", "home:site"), ("nora", "home:site_text"), ("nora", "home:site_preview"),
    ("nora", "home:site_partners"), ("nora", "home:site_partner"), ("nora", "home:enquiries"),
    ("", "testimonials:story"), ("", "testimonials:embed"), ("amina", "testimonials:own"),
    ("amina", "testimonials:mine"), ("driss", "testimonials:desk"),
    ("driss", "testimonials:propose"), ("driss", "testimonials:helped"),
]  # fmt: skip


def test_no_list_asks_a_query_per_row(people, enter, client):
    ids = furnish(people)
    clients = {name: enter(name) if name else client for name, _page in PAGES}

    for one in clients.values():
        one.get(reverse("members:seats"), follow=True)  # the first page of a session keeps its seat

    def counted() -> dict[str, int]:
        found = {}
        for person, name in PAGES:
            address = reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids))
            with CaptureQueriesContext(connection) as queries:
                answer = clients[person].get(address)
            assert answer.status_code == 200, f"{name}: {answer.status_code}"
            found[f"{person or 'anybody'} {name}"] = len(queries)
        return found

    few = counted()
    gather(people, 200)
    many = counted()
    too_many = {
        page: (few[page], n) for page, n in many.items() if n > CEILING or few[page] > CEILING
    }
    growing = {page: (few[page], n) for page, n in many.items() if n > few[page] + 1}
    assert too_many == {}
    assert growing == {}, "a query for each row"
