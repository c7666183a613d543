from django.urls import path

from cohorts.views import joining, recruiting, selection

_OF = "cohortes/<int:cohort_id>"
_ONE = f"{_OF}/candidatures/<int:application_id>"
urlpatterns = [
    # Strangers.
    path("cooperatives/<int:cohort_id>/", joining.cooperative, name="cooperative"),
    path("cooperatives/<int:cohort_id>/candidature/", joining.apply, name="apply"),
    path("cooperatives/<int:cohort_id>/candidature/merci/", joining.applied, name="applied"),
    path(
        "cooperatives/<int:cohort_id>/reunions/<int:meeting_id>/", joining.sign_up, name="sign_up"
    ),
    # The selection: coordinators, and partners of the local committee.
    path("candidatures/", selection.mine, name="selections"),
    path(f"{_OF}/candidatures/", selection.board, name="applications"),
    path(f"{_OF}/candidatures/reponses/", recruiting.answers, name="answers"),
    path(f"{_OF}/candidatures/reponses/encore/", recruiting.again, name="answer_again"),
    path(f"{_OF}/candidatures/lettres/", recruiting.letters, name="answer_letters"),
    path(f"{_OF}/candidatures/lettres/parties/", recruiting.posted, name="letters_posted"),
    path(f"{_ONE}/", selection.application, name="application"),
    path(f"{_ONE}/lire/", selection.read, name="read_application"),
    path(f"{_ONE}/avis/", selection.opine, name="opine"),
    path(f"{_ONE}/decision/", selection.decide, name="decide_application"),
    path(f"{_ONE}/inscrire/", selection.enrol, name="enrol_application"),
    path(f"{_ONE}/voix/", selection.voice, name="application_voice"),
    path(f"{_OF}/candidatures/reunions/", recruiting.meetings, name="meetings"),
    path(f"{_OF}/candidatures/reunions/<int:meeting_id>/", recruiting.meeting, name="meeting"),
    path(
        f"{_OF}/candidatures/reunions/<int:meeting_id>/annuler/",
        recruiting.call_off,
        name="call_off_meeting",
    ),
    path(f"{_OF}/personnes/faire-entrer/", recruiting.welcome, name="welcome"),
]
