"""Which pages the scale is measured on: every home, dashboard and list of each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cohorts.models import Cohort


@dataclass(frozen=True)
class Page:
    name: str
    role: str
    address: str


def busiest() -> "Cohort":
    """The running cohort with the most pays: the pages of a cohort are measured on it."""
    from django.db.models import Count

    from cohorts.models import Cohort

    running = Cohort.objects.filter(state="running", pay_runs__isnull=False)
    cohort = running.annotate(n=Count("pay_runs")).order_by("-n", "pk").first()
    assert cohort is not None
    return cohort


def pages() -> Iterator[Page]:
    yield from _of_coordinators()
    yield from _of_the_network()
    yield from _of_hosts()
    yield from _of_partners()
    yield from _of_cooperants()
    yield from _of_anybody()


def _of_coordinators() -> Iterator[Page]:
    from django.urls import reverse

    from cohorts.models import Cohort

    cohort, role = busiest(), "coordinator"
    enrolment = cohort.enrolments.order_by("pk").first()
    assert enrolment is not None
    ended = (
        Cohort.objects.filter(territory=cohort.territory, state__in=["closing", "archived"])
        .order_by("-ends_on")
        .first()
    ) or cohort

    def at(name: str, *more: int, on: "Cohort" = cohort) -> str:
        return reverse(name, args=[on.pk, *more])

    yield Page("Tableau de bord, a territory", role, reverse("home:dashboard"))
    yield Page("Board of a cohort", role, at("home:cohort_dashboard"))
    yield Page("Results of a cohort, today", role, at("reports:of_cohort"))
    yield Page("Where we stand", role, at("payroll:standing"))
    yield Page("All hours", role, at("projects:all_hours"))
    yield Page("Hours of the week", role, at("projects:cohort_hours"))
    yield Page("People", role, at("cohorts:people"))
    yield Page("Pay runs", role, at("payroll:runs"))
    yield Page("Path of a person", role, at("cohorts:path", enrolment.pk))
    for words, name in (
        ("Calendar of a cohort", "cohorts:calendar"),
        ("Attendance sheets", "cohorts:attendance_sheets"),
        ("Skills of a cohort", "cohorts:skills"),
        ("Papers of a cohort", "cohorts:papers"),
        ("Entry files", "cohorts:files"),
        ("Decisions of a cohort", "decisions:of_cohort"),
        ("Books of a cohort", "payroll:cohort_books"),
        ("Preuves of a cohort", "reports:evidence"),
        ("Budget of a cohort", "reports:budget"),
    ):
        yield Page(words, role, at(name))
    yield Page("Preuves, an ended cohort", role, at("reports:evidence", on=ended))
    yield Page("Results, an ended cohort", role, at("reports:of_cohort", on=ended))
    yield Page("Closing, an ended cohort", role, at("cohorts:closing", on=ended))
    yield Page("Attestations, an ended cohort", role, at("projects:closing_papers", on=ended))
    yield Page("After, an ended cohort", role, at("cohorts:after", on=ended))
    yield Page("Financements, coordinator", role, reverse("reports:funding"))
    yield Page("Search, a name many bear", role, f"{reverse('members:search')}?q=emilie")


def _of_the_network() -> Iterator[Page]:
    from django.urls import reverse

    cohorts, role, place = reverse("home:network_cohorts"), "network", _first_territory()
    yield Page("Search, network", role, f"{reverse('members:search')}?q=cohorte+0-1")
    yield Page("Réseau", role, reverse("home:network"))
    yield Page("Réseau, cohorts", role, cohorts)
    yield Page("Réseau, all with archived", role, f"{cohorts}?etat=toutes&page=9")
    yield Page("Réseau, archived by files", role, f"{cohorts}?etat=archived&tri=dossiers")
    yield Page(
        "Réseau, where something waits", role, f"{cohorts}?etat=toutes&attente=oui&tri=attente"
    )
    yield Page("Réseau, by name", role, f"{cohorts}?etat=toutes&q=cohorte+0-12&tri=nom")
    yield Page("Site public, network", role, reverse("home:site"))
    yield Page("Suivi, network", role, reverse("reports:follow"))
    yield Page("Territories, network", role, reverse("reports:territories"))
    yield Page("A territory, network", role, reverse("reports:territory", args=[place]))
    yield Page("Impact, network", role, reverse("reports:impact_years"))
    yield Page("Financements, network", role, reverse("reports:funding"))
    yield Page("Jetons, network", role, reverse("reports:tokens"))
    yield Page("Données ouvertes, to publish", role, reverse("reports:choose_open_year"))


def _of_hosts() -> Iterator[Page]:
    from django.urls import reverse

    from payroll.models import PayRun

    cohort, role = busiest(), "host"
    run = PayRun.objects.of_cohort(cohort.pk).order_by("month").first()
    assert run is not None
    yield Page("Search, host", role, f"{reverse('members:search')}?q=jeanne")
    yield Page("À valider, host", role, reverse("home:to_approve"))
    yield Page("Pay runs, host", role, reverse("payroll:runs", args=[cohort.pk]))
    yield Page("Ends of CAPEs, host", role, reverse("cohorts:cape_ends", args=[cohort.pk]))
    yield Page("A pay run, host", role, reverse("payroll:run", args=[cohort.pk, run.pk]))
    for words, name in (
        ("Contracts, host", "cohorts:host_contracts"),
        ("Programmes, host", "cohorts:programmes"),
        ("Invoices, host", "projects:host_invoices"),
        ("Bank, host", "projects:bank"),
        ("Accounts, host", "payroll:host_accounts"),
        ("Settings of pay, host", "payroll:host_settings"),
    ):
        yield Page(words, role, reverse(name))


def _of_partners() -> Iterator[Page]:
    from django.urls import reverse

    from reports.models import Snapshot

    place = _first_territory()
    sent = Snapshot.objects.filter(cohort__territory_id=place).order_by("-pk").first()
    assert sent is not None
    for role in ("host", "chamber", "hub", "funder", "authority", "eu"):
        yield Page(f"Suivi, {role}", role, reverse("reports:follow"))
    for role in ("funder", "authority"):
        yield Page(f"A territory, {role}", role, reverse("reports:territory", args=[place]))
    yield Page("A report, funder", "funder", reverse("reports:snapshot", args=[sent.pk]))
    for words, name in (
        ("Territories", "reports:territories"), ("Impact", "reports:impact_years"),
        ("Financements", "reports:funding"), ("Jetons", "reports:tokens"),
        ("Helped", "cohorts:helped"), ("Selections", "cohorts:selections"),
    ):  # fmt: skip
        yield Page(f"{words}, funder", "funder", reverse(name))


def _of_cooperants() -> Iterator[Page]:
    from django.urls import reverse

    for words, name in (
        ("Ma coop", "home:my_coop"), ("Mes heures", "projects:my_hours"),
        ("Ma paie", "payroll:my_pay"), ("À décider", "decisions:to_decide"),
        ("Mon parcours", "cohorts:my_path"), ("Mon agenda", "cohorts:my_agenda"),
        ("Mes compétences", "cohorts:my_skills"), ("Skills of others", "cohorts:colleagues_skills"),
        ("Mes papiers", "documents:mine"), ("Décisions prises", "decisions:register"),
    ):  # fmt: skip
        yield Page(words, "cooperant", reverse(name))


def _of_anybody() -> Iterator[Page]:
    from django.urls import reverse

    place = _first_territory()
    for words, name in (
        ("Public site", "home:public"), ("Public site, cooperatives", "home:cooperatives"),
        ("Public site, trades", "home:trades"), ("Public site, partners", "home:partners"),
        ("Public site, words", "testimonials:public"), ("Public site, map", "home:site_map"),
        ("Sitemap for engines", "home:sitemap"), ("Données ouvertes", "reports:open_data"),
        ("API, what it is", "reports:api"), ("API, public cooperatives", "reports:api_public_cohorts"),
    ):  # fmt: skip
        yield Page(words, "", reverse(name))
    yield Page("Public site, a territory", "", reverse("home:territory", args=[place]))
    yield Page("Public site, a trade", "", reverse("home:trade", args=["cuisine"]))


def _first_territory() -> int:
    from cohorts.models import Territory

    return (
        Territory.objects.filter(cohorts__isnull=False)
        .order_by("pk")
        .values_list("pk", flat=True)[0]
    )
