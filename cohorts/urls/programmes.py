from django.urls import path

from cohorts.views import programmes

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<int:programme_id>/fermer/", programmes.close, name="close_programme"),
]
