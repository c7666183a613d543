from django.conf import settings
from django.urls import path

from ct_platform.home.views import asking, demo, health, homes, places, public, sitemap, writing

_TEXT = "reseau/site/textes/<slug:text_code>/"

app_name = "home"
urlpatterns = [
    # Anybody.
    path("", public.home, name="public"),
    path("une-cooperative/", public.idea, name="idea"),
    path("cooperatives/", places.cooperatives, name="cooperatives"),
    path("territoires/<int:territory_id>/", places.territory, name="territory"),
    path("metiers/", places.trades, name="trades"),
    path("metiers/<slug:trade_code>/", places.trade, name="trade"),
    path("partenaires/", public.partners, name="partners"),
    path("partenaires/<int:partner_id>/logo.jpg", public.partner_logo, name="partner_logo"),
    path("monter-une-cooperative/", public.start, name="start"),
    path("monter-une-cooperative/ecrire/", asking.ask, name="ask"),
    path("monter-une-cooperative/ecrire/merci/", asking.asked, name="asked"),
    path("accessibilite/", public.accessibility, name="accessibility"),
    path("donnees-personnelles/", public.privacy, name="privacy"),
    path("mentions-legales/", public.legal, name="legal"),
    path("plan-du-site/", public.site_map, name="site_map"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    # Browsers ask for it at this very address, whatever the page says.
    path("favicon.ico", public.favicon, name="favicon"),
    path("sante/", health.health, name="health"),
    # Each to their own home.
    path("arrivee/", homes.arrive, name="arrive"),
    path("ma-coop/", homes.my_coop, name="my_coop"),
    path("tableau-de-bord/", homes.dashboard, name="dashboard"),
    path("cohortes/<int:cohort_id>/", homes.cohort_dashboard, name="cohort_dashboard"),
    path("a-valider/", homes.to_approve, name="to_approve"),
    path("reseau/", homes.network, name="network"),
    path("reseau/cohortes/", homes.network_cohorts, name="network_cohorts"),
    # The network writes on the public site.
    path("reseau/site/", writing.site, name="site"),
    path(_TEXT, writing.text, name="site_text"),
    path(f"{_TEXT}<int:number>/", writing.preview, name="site_preview"),
    path(f"{_TEXT}<int:number>/publier/", writing.publish, name="site_publish"),
    path("reseau/site/partenaires/", writing.shown_partners, name="site_partners"),
    path("reseau/site/partenaires/ajouter/", writing.add_partner, name="site_add_partner"),
    path("reseau/site/partenaires/<int:partner_id>/", writing.partner, name="site_partner"),
    path("reseau/site/demandes/", writing.asked, name="enquiries"),
    path(
        "reseau/site/demandes/<int:enquiry_id>/repondu/", writing.answered, name="enquiry_answered"
    ),
]
if settings.DEMO:
    # Entering as somebody without proof: the address does not exist outside the demo.
    urlpatterns += [path("demo/entrer/", demo.enter_as, name="demo_enter")]
