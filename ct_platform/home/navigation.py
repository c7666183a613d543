"""The menu of each seat, and what every page's frame needs. Costs two queries at most."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.trades import TRADES
from projects.models import Project

ALL_THREADS = [trade.css for trade in TRADES.values()]


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    icon: str
    url: str
    current: bool = False
    # Other beginnings of addresses of the same room.
    also: tuple[str, ...] = ()


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every layout: actor, nav, weave, brand_label, frame addresses."""
    actor: Actor | None = getattr(request, "actor", None)
    frame: dict[str, Any] = {
        "actor": actor,
        "demo": settings.DEMO,
        "eu_cofunded": settings.EU_COFUNDED,
        "nav": [],
        "weave": ALL_THREADS,
        "brand_label": _("Coopératives de territoire"),
        "home_url": reverse("home:public"),
        "profile_url": "",
        "search_url": "",
        "sign_out_url": reverse("members:sign_out"),
        # Signing out offers to send first what a phone kept without a network.
        "sync_url": reverse("projects:sync"),
    }
    if actor is None:
        return frame
    # A view that already read them leaves them on the request.
    cohort = getattr(request, "page_cohort", None) or _cohort_at_hand(request, actor)
    frame["home_url"] = reverse("home:arrive")
    frame["profile_url"] = reverse("members:profile")
    frame["search_url"] = reverse("members:search")
    frame["nav"] = _mark_current(_items(actor, cohort), request.path)
    if cohort is not None:
        frame["brand_label"] = cohort.name
        codes = getattr(request, "page_trades", None)
        if codes is None:
            codes = Project.objects.of_cohort(cohort.pk).values_list("trade", flat=True)
        frame["weave"] = [TRADES[code].css for code in dict.fromkeys(codes) if code in TRADES]
        frame["page_cohort"] = cohort
    return frame


def _cohort_at_hand(request: HttpRequest, actor: Actor) -> Cohort | None:
    """The cohort the address names, else the coopérant's own."""
    match = request.resolver_match
    named = match.kwargs.get("cohort_id") if match else None
    if named is None and not actor.is_cooperant:
        return None
    found: Cohort | None = (
        Cohort.objects.visible_to(actor).filter(pk=named or actor.cohort_id).first()
    )
    return found


def _items(actor: Actor, cohort: Cohort | None) -> list[NavItem]:
    match actor.kind:
        case SeatKind.COOPERANT:
            return [
                NavItem(_("Ma coop"), "maison", reverse("home:my_coop")),
                NavItem(_("Heures"), "horloge", reverse("projects:my_hours")),
                NavItem(_("Décider"), "urne", reverse("decisions:to_decide"), also=_deciding()),
                NavItem(_("Paie"), "paie", reverse("payroll:my_pay")),
                NavItem(_("Papiers"), "papier", reverse("documents:mine")),
            ]
        case SeatKind.COORDINATOR if cohort is not None:
            return _cohort_items(cohort)
        case SeatKind.COORDINATOR:
            return [
                NavItem(_("Mes cohortes"), "groupe", reverse("home:dashboard")),
                NavItem(
                    _("Financements"), "cagnotte", reverse("reports:funding"), also=_operations()
                ),
            ]
        case SeatKind.HOST:
            return [
                NavItem(_("À valider"), "cle", reverse("home:to_approve")),
                NavItem(_("Contrats"), "attestation", reverse("cohorts:host_contracts")),
                NavItem(_("Factures"), "vente", reverse("projects:host_invoices")),
                NavItem(_("Banque"), "cagnotte", reverse("projects:bank")),
                NavItem(_("Réglages de paie"), "paie", reverse("payroll:host_settings")),
                NavItem(
                    _("Ventes"),
                    "vente",
                    reverse("projects:seller_terms"),
                    also=(reverse("projects:vat"),),
                ),
                NavItem(_("Programmes"), "groupe", reverse("cohorts:programmes")),
                NavItem(_("Projets aidés"), "groupe", reverse("cohorts:helped")),
                NavItem(_("Suivi"), "graphique", reverse("reports:follow")),
            ]
        case SeatKind.PARTNER:
            return [
                NavItem(_("Suivi"), "graphique", reverse("reports:follow")),
                NavItem(_("Candidatures"), "lettre", reverse("cohorts:selections")),
                NavItem(_("Projets aidés"), "groupe", reverse("cohorts:helped")),
                NavItem(_("Jetons d’accès"), "cle", reverse("reports:tokens")),
            ]
        case SeatKind.NETWORK:
            return [
                NavItem(_("Réseau"), "groupe", reverse("home:network")),
                NavItem(_("Cohortes"), "calendrier", reverse("home:network_cohorts")),
                NavItem(
                    _("Financements"), "cagnotte", reverse("reports:funding"), also=_operations()
                ),
                NavItem(_("Site public"), "stylo", reverse("home:site")),
                NavItem(_("Suivi"), "graphique", reverse("reports:follow")),
                NavItem(_("Jetons d’accès"), "cle", reverse("reports:tokens")),
            ]


def _cohort_items(cohort: Cohort) -> list[NavItem]:
    def at(name: str) -> str:
        return reverse(name, kwargs={"cohort_id": cohort.pk})

    return [
        NavItem(_("Tableau de bord"), "maison", at("home:cohort_dashboard")),
        # While it recruits: applications do not crowd the menu of a group at work.
        *(
            [NavItem(_("Candidatures"), "lettre", at("cohorts:applications"))]
            if cohort.state in (CohortState.DRAFT, CohortState.RECRUITING)
            else []
        ),
        # Once it ends: a group at work has other things to look at.
        *(
            [NavItem(_("Clôture"), "attestation", at("cohorts:closing"))]
            if cohort.state in (CohortState.CLOSING, CohortState.ARCHIVED)
            else []
        ),
        NavItem(_("Personnes"), "groupe", at("cohorts:people")),
        NavItem(_("Séances"), "calendrier", at("cohorts:calendar")),
        NavItem(_("Événements"), "cle", at("cohorts:events"), also=(at("cohorts:contacts"),)),
        NavItem(_("Heures"), "horloge", at("projects:cohort_hours")),
        NavItem(
            _("Activités"),
            "vente",
            at("projects:activities"),
            also=(
                at("projects:cohort_tasks"),
                at("projects:claims"),
                at("projects:selling"),
                at("projects:invoices"),
                at("projects:payments"),
                at("projects:cohort_cash"),
                reverse("projects:cash_counts"),
                reverse("projects:my_projects"),
            ),
        ),
        NavItem(_("Décisions"), "urne", at("decisions:of_cohort"), also=_deciding()),
        NavItem(_("Paie"), "paie", at("payroll:runs"), also=(at("payroll:cohort_books"),)),
        NavItem(_("Papiers"), "papier", at("cohorts:papers")),
        NavItem(_("Paroles"), "bulle", at("testimonials:of_cohort")),
        NavItem(
            _("Résultats"),
            "graphique",
            at("reports:of_cohort"),
            also=(at("reports:budget"), at("reports:evidence")),
        ),
    ]


def _mark_current(items: list[NavItem], path: str) -> list[NavItem]:
    """The item whose address is the longest beginning of the path."""
    best = max(
        (item for item in items if path.startswith((item.url, *item.also))),
        key=lambda i: max(len(one) for one in (i.url, *i.also) if path.startswith(one)),
        default=None,
    )
    return [replace(item, current=item is best) for item in items]


def _operations() -> tuple[str, ...]:
    return ("/operations/",)


def _deciding() -> tuple[str, ...]:
    """Proposals, assemblies, proxies and the register are rooms of the same door."""
    names = ("proposals", "my_assemblies", "my_proxies", "register", "to_decide")
    return tuple(reverse(f"decisions:{name}") for name in names)
