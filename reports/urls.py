from django.urls import path

from reports.views import exchange, follow, results, share

app_name = "reports"
urlpatterns = [
    path("suivi/", follow.follow, name="follow"),
    path("suivi/territoires/", follow.territories, name="territories"),
    path("suivi/territoires/<int:territory_id>/", follow.territory, name="territory"),
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
    # Without an account: the cover counts nothing until its button is pressed.
    path("partage/<str:token>/", share.open_, name="open"),
    path("partage/lire/<str:token>/", share.shared, name="shared"),
    path("partage/lire/<str:token>/pdf/", share.shared_pdf, name="shared_pdf"),
]
