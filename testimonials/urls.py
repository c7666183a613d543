from django.urls import path

from testimonials import views

app_name = "testimonials"
urlpatterns = [
    path("paroles/", views.public, name="public"),
    path("mes-mots/", views.mine, name="mine"),
    path("mes-mots/<int:testimonial_id>/retirer/", views.withdraw, name="withdraw"),
    path("cohortes/<int:cohort_id>/paroles/", views.of_cohort, name="of_cohort"),
    path(
        "cohortes/<int:cohort_id>/paroles/<int:testimonial_id>/publier/",
        views.approve,
        name="approve",
    ),
    path(
        "cohortes/<int:cohort_id>/paroles/<int:testimonial_id>/ne-pas-publier/",
        views.decline,
        name="decline",
    ),
]
