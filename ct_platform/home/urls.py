from django.conf import settings
from django.urls import path

from ct_platform.home.views import demo, health, homes, public

app_name = "home"
urlpatterns = [
    path("", public.home, name="public"),
    path("cooperatives/", public.cooperatives, name="cooperatives"),
    path("accessibilite/", public.accessibility, name="accessibility"),
    path("donnees-personnelles/", public.privacy, name="privacy"),
    path("mentions-legales/", public.legal, name="legal"),
    path("arrivee/", homes.arrive, name="arrive"),
    path("ma-coop/", homes.my_coop, name="my_coop"),
    path("tableau-de-bord/", homes.dashboard, name="dashboard"),
    path("cohortes/<int:cohort_id>/", homes.cohort_dashboard, name="cohort_dashboard"),
    path("a-valider/", homes.to_approve, name="to_approve"),
    path("reseau/", homes.network, name="network"),
    # Browsers ask for it at this very address, whatever the page says.
    path("favicon.ico", public.favicon, name="favicon"),
    path("reseau/cohortes/", homes.network_cohorts, name="network_cohorts"),
    path("sante/", health.health, name="health"),
]
if settings.DEMO:
    # Entering as somebody without proof: the address does not exist outside the demo.
    urlpatterns += [path("demo/entrer/", demo.enter_as, name="demo_enter")]
