from django.urls import path

from members.views import cards, profile, search, sign_in

app_name = "members"
urlpatterns = [
    path("entrer/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sortir/", sign_in.sign_out, name="sign_out"),
    path("mes-places/", profile.seats, name="seats"),
    path("recherche/", search.results, name="search"),
    path("moi/", profile.profile, name="profile"),
    path("carte/", cards.join_code, name="join_code"),
    path("carte/<str:token>/", cards.join, name="join"),
]
