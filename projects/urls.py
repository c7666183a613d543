from django.urls import path

from projects.views import (
    activities,
    closing,
    cohort_hours,
    confirmation,
    movements,
    my_hours,
    offers,
    offline,
    sync,
)

app_name = "projects"
urlpatterns = [
    path("mes-heures/", my_hours.my_hours, name="my_hours"),
    path("mes-heures/comme-hier/", my_hours.repeat, name="repeat"),
    path("mes-heures/semaine-complete/", my_hours.complete, name="complete"),
    path("mes-heures/presence/<int:attendance_id>/", my_hours.note_attended, name="note_attended"),
    path("mes-heures/<int:entry_id>/", my_hours.entry, name="entry"),
    path("mes-heures/<int:entry_id>/retirer/", my_hours.withdraw, name="withdraw"),
    path("mes-heures/<int:entry_id>/garder/", my_hours.keep, name="keep"),
    # The worker reaches what stands below its own address, and no other page of the site.
    path("mes-heures/service.js", offline.worker, name="hours_worker"),
    path("mes-heures/hors-ligne/", offline.shell, name="offline_hours"),
    path("mes-heures/application.webmanifest", offline.manifest, name="hours_manifest"),
    path("mes-heures/pour-un-collegue/", offers.offer, name="offer"),
    path("mes-heures/<int:entry_id>/accepter/", offers.accept, name="accept"),
    path("mes-heures/<int:entry_id>/refuser/", offers.decline, name="decline"),
    path("mes-heures/<int:entry_id>/reprendre/", offers.take_back, name="take_back"),
    path("mes-heures/envoyer/", sync.sync, name="sync"),
    path("mes-heures/confirmer/", confirmation.to_confirm, name="to_confirm"),
    path("mes-heures/confirmer/oui/", confirmation.confirm, name="confirm"),
    path("mes-heures/confirmer/<int:entry_id>/question/", confirmation.question, name="question"),
    path("cohortes/<int:cohort_id>/heures/", cohort_hours.cohort_hours, name="cohort_hours"),
    path("cohortes/<int:cohort_id>/heures/confirmer/", cohort_hours.confirm, name="cohort_confirm"),
    path("cohortes/<int:cohort_id>/heures/noter/", offers.cohort_offer, name="cohort_offer"),
    path(
        "cohortes/<int:cohort_id>/heures/<int:enrolment_id>/",
        cohort_hours.person_hours,
        name="person_hours",
    ),
    path(
        "cohortes/<int:cohort_id>/heures/question/<int:entry_id>/",
        cohort_hours.question,
        name="cohort_question",
    ),
    path("cohortes/<int:cohort_id>/activites/", activities.activities, name="activities"),
    path(
        "cohortes/<int:cohort_id>/activites/nouvelle/", activities.add_project, name="add_project"
    ),
    path(
        "cohortes/<int:cohort_id>/activites/ventes/nouvelle/", movements.add_sale, name="add_sale"
    ),
    path(
        "cohortes/<int:cohort_id>/activites/ventes/<int:sale_id>/",
        movements.edit_sale,
        name="edit_sale",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/ventes/<int:sale_id>/payee/",
        movements.mark_paid,
        name="mark_paid",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/ventes/<int:sale_id>/retirer/",
        movements.withdraw_sale,
        name="withdraw_sale",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses/nouvelle/",
        movements.add_expense,
        name="add_expense",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses/<int:expense_id>/",
        movements.edit_expense,
        name="edit_expense",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses/<int:expense_id>/retirer/",
        movements.withdraw_expense,
        name="withdraw_expense",
    ),
    path(
        "cohortes/<int:cohort_id>/cloture/attestations/",
        closing.closing_papers,
        name="closing_papers",
    ),
    path(
        "cohortes/<int:cohort_id>/cloture/attestations/avancement/",
        closing.closing_progress,
        name="closing_progress",
    ),
    path(
        "cohortes/<int:cohort_id>/cloture/attestations/<int:enrolment_id>/apercu/",
        closing.closing_preview,
        name="closing_preview",
    ),
]
