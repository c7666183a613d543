from django.urls import path

from projects import invoice_urls, selling_urls, urls_of_money
from projects.views import (
    activities,
    claims,
    closing,
    cohort_hours,
    cohort_tasks,
    confirmation,
    expenses,
    movements,
    my_expenses,
    my_hours,
    offers,
    offline,
    sync,
    tasks,
)
from projects.views.trades import ideas as trade_ideas
from projects.views.trades import lots
from projects.views.trades import offers as trade_offers
from projects.views.trades import projects as rooms

app_name = "projects"
urlpatterns = [
    *selling_urls.urlpatterns,
    *invoice_urls.urlpatterns,
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
    path("mes-heures/pour-un-collegue/", offers.offer, name="offer_hours"),
    path("mes-heures/<int:entry_id>/accepter/", offers.accept, name="accept_hours"),
    path("mes-heures/<int:entry_id>/refuser/", offers.decline, name="decline_hours"),
    path("mes-heures/<int:entry_id>/reprendre/", offers.take_back, name="take_back_hours"),
    path("mes-heures/envoyer/", sync.sync, name="sync"),
    path("mes-heures/confirmer/", confirmation.to_confirm, name="to_confirm"),
    path("mes-heures/confirmer/oui/", confirmation.confirm, name="confirm"),
    path("mes-heures/confirmer/<int:entry_id>/question/", confirmation.question, name="question"),
    path("cohortes/<int:cohort_id>/heures/", cohort_hours.cohort_hours, name="cohort_hours"),
    path("cohortes/<int:cohort_id>/heures/toutes/", cohort_hours.every_hour, name="all_hours"),
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
        expenses.add_expense,
        name="add_expense",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses/<int:expense_id>/",
        expenses.edit_expense,
        name="edit_expense",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses/<int:expense_id>/retirer/",
        expenses.withdraw_expense,
        name="withdraw_expense",
    ),
    # --- expenses sent from a phone, and receipts
    path("mes-depenses/", my_expenses.my_expenses, name="my_expenses"),
    path("mes-depenses/nouvelle/", my_expenses.send, name="send_expense"),
    path("mes-depenses/<int:claim_id>/reprendre/", my_expenses.take_back, name="take_back_expense"),
    path("justificatifs/<int:receipt_id>/", my_expenses.receipt, name="receipt"),
    path("cohortes/<int:cohort_id>/activites/depenses-envoyees/", claims.claims, name="claims"),
    path(
        "cohortes/<int:cohort_id>/activites/depenses-envoyees/<int:claim_id>/",
        claims.claim,
        name="claim",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/depenses-envoyees/<int:claim_id>/refuser/",
        claims.refuse,
        name="refuse_claim",
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
    *urls_of_money.urlpatterns,
    path("taches/", tasks.my_tasks, name="my_tasks"),
    path("taches/nouvelle/", tasks.propose, name="propose_task"),
    path("taches/<int:task_id>/", tasks.my_task, name="my_task"),
    path("taches/<int:task_id>/changer/", tasks.change, name="change_task"),
    path("taches/<int:task_id>/annuler/", tasks.call_off, name="call_off_my_task"),
    path("taches/<int:task_id>/je-viens/", tasks.join, name="join_task"),
    path("taches/<int:task_id>/attendre/", tasks.wait, name="wait_for_task"),
    path("taches/<int:task_id>/je-ne-peux-plus/", tasks.leave, name="leave_task"),
    path("taches/<int:task_id>/qui-est-venu/", tasks.came, name="my_task_came"),
    path("mes-heures/tache/<int:sign_up_id>/", tasks.note_hours, name="note_task"),
    path(
        "cohortes/<int:cohort_id>/activites/taches/",
        cohort_tasks.cohort_tasks,
        name="cohort_tasks",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/taches/nouvelle/",
        cohort_tasks.add_task,
        name="add_task",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/taches/<int:task_id>/",
        cohort_tasks.cohort_task,
        name="cohort_task",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/taches/<int:task_id>/changer/",
        cohort_tasks.edit_task,
        name="edit_task",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/taches/<int:task_id>/annuler/",
        cohort_tasks.call_off_task,
        name="call_off_task",
    ),
    path(
        "cohortes/<int:cohort_id>/activites/taches/<int:task_id>/qui-est-venu/",
        cohort_tasks.task_came,
        name="task_came",
    ),
    path("activites/", rooms.my_projects, name="my_projects"),
    path("activites/<int:project_id>/", rooms.project, name="project"),
    path("activites/<int:project_id>/equipe/", rooms.team, name="project_team"),
    path("activites/<int:project_id>/preparer/", rooms.prepare, name="prepare"),
    path("activites/<int:project_id>/idees/", trade_ideas.ideas, name="ideas"),
    path("activites/<int:project_id>/idees/nouvelle/", trade_ideas.add_idea, name="add_idea"),
    path("activites/<int:project_id>/idees/<int:idea_id>/", trade_ideas.idea, name="idea"),
    path(
        "activites/<int:project_id>/idees/<int:idea_id>/changer/",
        trade_ideas.change_idea,
        name="change_idea",
    ),
    path(
        "activites/<int:project_id>/idees/<int:idea_id>/ranger/",
        trade_ideas.put_away_idea,
        name="put_away_idea",
    ),
    path("activites/<int:project_id>/lots/nouveau/", lots.add_lot, name="add_lot"),
    path("activites/<int:project_id>/lots/<int:lot_id>/", lots.lot, name="lot"),
    path("activites/<int:project_id>/offres/nouvelle/", trade_offers.add_offer, name="add_offer"),
    path("activites/<int:project_id>/offres/<int:offer_id>/", trade_offers.offer, name="offer"),
    path(
        "activites/<int:project_id>/offres/<int:offer_id>/changer/",
        trade_offers.edit_offer,
        name="edit_offer",
    ),
    path(
        "activites/<int:project_id>/offres/<int:offer_id>/ouvrir/",
        trade_offers.open_offer,
        name="open_offer",
    ),
    path(
        "activites/<int:project_id>/offres/<int:offer_id>/fermer/",
        trade_offers.close_offer,
        name="close_offer",
    ),
    path(
        "activites/<int:project_id>/offres/<int:offer_id>/commander/",
        trade_offers.add_order,
        name="add_order",
    ),
    path(
        "activites/<int:project_id>/offres/<int:offer_id>/vente/",
        trade_offers.sell_orders,
        name="sell_orders",
    ),
    path(
        "activites/<int:project_id>/commandes/<int:order_id>/etape/",
        trade_offers.move_order,
        name="move_order",
    ),
    path(
        "activites/<int:project_id>/commandes/<int:order_id>/annuler/",
        trade_offers.cancel_order,
        name="cancel_order",
    ),
]
