from django.urls import path

from cohorts.views import follow_ups, news, own_projects

_PERSON = "cohortes/<int:cohort_id>/personnes/<int:enrolment_id>/"
_NEXT = f"{_PERSON}suite/"

urlpatterns = [
    # What comes next: the person, then who coordinates, then who helps.
    path("ma-suite/", own_projects.overview, name="my_next"),
    path("ma-suite/projet/", own_projects.project, name="my_next_project"),
    path("ma-suite/etapes/ajouter/", own_projects.add_step, name="my_next_step"),
    path("ma-suite/etapes/<int:step_id>/", own_projects.settle, name="my_next_settle"),
    path("ma-suite/aides/ajouter/", own_projects.add_helper, name="my_next_helper"),
    path("ma-suite/aides/<int:helper_id>/montrer/", own_projects.show, name="my_next_show"),
    path(
        "ma-suite/aides/<int:helper_id>/retirer/",
        own_projects.remove_helper,
        name="my_next_remove_helper",
    ),
    path("ma-suite/nouvelles/", follow_ups.news, name="my_next_news"),
    path(_NEXT, own_projects.overview, name="next"),
    path(f"{_NEXT}projet/", own_projects.project, name="next_project"),
    path(f"{_NEXT}etapes/ajouter/", own_projects.add_step, name="next_step"),
    path(f"{_NEXT}etapes/<int:step_id>/", own_projects.settle, name="next_settle"),
    path(f"{_NEXT}aides/ajouter/", own_projects.add_helper, name="next_helper"),
    path(
        f"{_NEXT}aides/<int:helper_id>/retirer/",
        own_projects.remove_helper,
        name="next_remove_helper",
    ),
    path(f"{_NEXT}nouvelles/", follow_ups.news, name="next_news"),
    path("projets-aides/", own_projects.helped, name="helped"),
    # Leaving, and after.
    path(f"{_PERSON}entretien/", follow_ups.interview, name="exit_interview"),
    path(f"{_PERSON}retour/", follow_ups.back, name="take_back"),
    path("cohortes/<int:cohort_id>/personnes/apres/", follow_ups.of_cohort, name="after"),
    path(
        "cohortes/<int:cohort_id>/personnes/apres/<int:follow_up_id>/",
        follow_ups.call,
        name="after_call",
    ),
    path("nouvelles/<str:token>/", news.news, name="news"),
]
