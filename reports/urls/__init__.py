from django.urls import path

from reports.urls import funding
from reports.views import api, exchange, follow, impact, open_data, results, share, tokens

app_name = "reports"
urlpatterns = [
    *funding.urlpatterns,
    path("suivi/", follow.follow, name="follow"),
    path("suivi/territoires/", follow.territories, name="territories"),
    path("suivi/territoires/<int:territory_id>/", follow.territory, name="territory"),
    path("suivi/impact/", impact.years, name="impact_years"),
    path("suivi/impact/<int:year>/figer/", impact.freeze_year, name="freeze_year"),
    path(
        "suivi/impact/editions/<int:edition_id>/publier/", impact.publish_year, name="publish_year"
    ),
    path("suivi/impact/bilans/<int:merged_id>/", impact.impact, name="impact"),
    path("suivi/impact/bilans/<int:merged_id>/affiche/", impact.poster, name="impact_poster"),
    path("suivi/cohortes/<int:cohort_id>/demander/", follow.ask, name="ask_for"),
    path("cohortes/<int:cohort_id>/resultats/", results.of_cohort, name="of_cohort"),
    path("cohortes/<int:cohort_id>/resultats/figer/", results.freeze, name="freeze"),
    path("rapports/<int:snapshot_id>/", results.snapshot, name="snapshot"),
    path("rapports/<int:snapshot_id>/pdf/", results.pdf, name="pdf"),
    path("rapports/<int:snapshot_id>/tableur/", results.sheet, name="sheet"),
    path("rapports/<int:snapshot_id>/donnees/", results.data, name="data"),
    path("rapports/<int:snapshot_id>/mots/", exchange.comment, name="comment"),
    path("rapports/<int:snapshot_id>/relu/", exchange.review, name="review"),
    path("rapports/<int:snapshot_id>/relire/", exchange.reopen, name="reopen"),
    path("rapports/<int:snapshot_id>/ecarter/", exchange.drop, name="drop"),
    path("rapports/<int:snapshot_id>/envoyer/", exchange.send, name="send"),
    path("rapports/<int:snapshot_id>/corriger/", exchange.correct, name="correct"),
    path("rapports/<int:snapshot_id>/question/", exchange.ask, name="ask"),
    path("rapports/questions/<int:question_id>/repondre/", exchange.answer, name="answer"),
    path("rapports/<int:snapshot_id>/accepter/", exchange.accept, name="accept"),
    path("rapports/<int:snapshot_id>/partager/", share.make, name="share"),
    path("rapports/liens/<int:link_id>/fermer/", share.close, name="close_link"),
    path("suivi/jetons/", tokens.tokens, name="tokens"),
    path("suivi/jetons/creer/", tokens.make, name="make_token"),
    path("suivi/jetons/<int:token_id>/fermer/", tokens.close, name="close_token"),
    # For machines: a token and no session. The version stands in the address.
    path("api/", api.guide, name="api"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path("api/v1/definitions", api.definitions, name="api_definitions"),
    path("api/v1/public/cooperatives", api.public_cohorts, name="api_public_cohorts"),
    path("api/v1/cooperatives", api.cohorts, name="api_cohorts"),
    path("api/v1/territoires", api.territories, name="api_territories"),
    path("api/v1/territoires/<int:territory_id>", api.territory, name="api_territory"),
    path("api/v1/rapports", api.reports, name="api_reports"),
    path("api/v1/rapports/<int:report_id>", api.report, name="api_report"),
    path("api/v1/bilans", api.years, name="api_years"),
    path("api/v1/bilans/<int:merged_id>", api.year, name="api_year"),
    path("api/v1/donnees-ouvertes", api.releases, name="api_releases"),
    path("api/v1/<path:rest>", api.unknown, name="api_unknown"),
    # Files for everybody; the network publishes them.
    path("donnees-ouvertes/", open_data.years, name="open_data"),
    path("donnees-ouvertes/publier/", open_data.choose, name="choose_open_year"),
    path("donnees-ouvertes/publier/<int:edition_id>/", open_data.publish, name="open_year"),
    path("donnees-ouvertes/<int:year>/v<int:number>/<str:name>", open_data.file, name="open_file"),
    # Without an account: the cover counts nothing until its button is pressed.
    path("partage/<str:token>/", share.open_, name="open"),
    path("partage/lire/<str:token>/", share.shared, name="shared"),
    path("partage/lire/<str:token>/pdf/", share.shared_pdf, name="shared_pdf"),
]
