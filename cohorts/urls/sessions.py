"""Calendar and attendance: the coordination's pages, the coopérant's, the guest trainer's."""

from django.urls import path, re_path

from cohorts.views import agenda, attendance, calendar, convocations, screens, sheets, signing

_cohort = "cohortes/<int:cohort_id>/"
_session = f"{_cohort}seances/<int:session_id>/"
_slot = f"{_session}<int:slot_id>/"
urlpatterns = [
    # --- the coordination
    path(f"{_cohort}seances/", calendar.calendar, name="calendar"),
    path(f"{_cohort}seances/nouvelle/", calendar.plan, name="plan_session"),
    path(_session, attendance.session, name="session"),
    path(f"{_session}modifier/", calendar.edit, name="edit_session"),
    path(f"{_session}annuler/", calendar.cancel, name="cancel_session"),
    path(f"{_session}convocations/", convocations.of_session, name="session_convocations"),
    path(
        f"{_session}convocations/imprimer/",
        convocations.print_session,
        name="print_session_convocations",
    ),
    path(f"{_session}papier/", sheets.paper, name="paper_sheet"),
    path(f"{_session}papier/<int:scan_id>/", sheets.scan, name="sheet_scan"),
    path(f"{_slot}ecran/", screens.screen, name="slot_screen"),
    path(f"{_slot}tablette/", screens.tablet, name="slot_tablet"),
    path(f"{_slot}tablette/<int:enrolment_id>/", screens.tablet_sign, name="tablet_sign"),
    path(f"{_slot}absences/", attendance.absences, name="note_absences"),
    path(f"{_slot}formateur/<int:trainer_id>/", screens.trainer_sign, name="trainer_sign"),
    path(f"{_session}lien/<int:trainer_id>/", screens.renew, name="renew_trainer_link"),
    path(f"{_slot}<int:enrolment_id>/", attendance.cell, name="attendance_cell"),
    path(f"{_slot}<int:enrolment_id>/raison/", attendance.reason, name="absence_reason"),
    path(f"{_slot}<int:enrolment_id>/demander/", attendance.ask, name="ask_correction"),
    path(
        f"{_cohort}corrections/<int:request_id>/repondre/",
        attendance.answer,
        name="answer_correction",
    ),
    path(f"{_cohort}seances/emargement/", sheets.sheets, name="attendance_sheets"),
    re_path(
        r"^cohortes/(?P<cohort_id>\d{1,18})/seances/emargement/presences\.(?P<suffix>csv|xlsx)$",
        sheets.export,
        name="attendance_export",
    ),
    # --- the coopérant
    path("mon-agenda/", agenda.my_agenda, name="my_agenda"),
    path("mon-agenda/lien/", agenda.renew_feed, name="renew_feed"),
    path("mon-agenda/lien/fermer/", agenda.close_feed, name="close_feed"),
    path("mon-agenda/rappel/", agenda.choose_reminder, name="choose_reminder"),
    path("mes-presences/", agenda.my_presences, name="my_presences"),
    path("mes-presences/<int:slot_id>/", agenda.my_presence, name="my_presence"),
    path("mes-presences/<int:slot_id>/demander/", agenda.ask, name="my_correction"),
    path("mes-presences/repondre/<int:request_id>/", agenda.answer, name="answer_my_correction"),
    path("presence/", signing.typed, name="type_code"),
    path("presence/<int:slot_id>/", signing.signed, name="signed"),
    path("presence/<int:slot_id>/<str:token>/", signing.sign, name="sign"),
    # --- whoever holds the address
    path("agenda/<str:secret>.ics", agenda.feed, name="feed"),
    path("ecran/<int:slot_id>/<int:trainer_id>/<str:secret>/", screens.guest, name="guest_screen"),
]
