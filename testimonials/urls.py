from django.urls import path

from testimonials.views import desk, files, own, public, withdraw

_COHORT = "cohortes/<int:cohort_id>/paroles/"
_ONE = f"{_COHORT}<int:testimonial_id>/"
_MINE = "mes-mots/<int:testimonial_id>/"

app_name = "testimonials"
urlpatterns = [
    # Anybody.
    path("paroles/", public.listed, name="public"),
    path("t/<slug:story_code>/", public.story, name="story"),
    path("t/<slug:story_code>/carte.png", public.card, name="story_card"),
    path("t/<slug:story_code>/photo.jpg", public.photo, name="story_photo"),
    path("t/<slug:story_code>/integrer/", public.embed, name="embed"),
    # Who holds the link.
    path("reprendre/<str:secret>/", withdraw.by_secret, name="withdraw_by_link"),
    # The author.
    path("mes-mots/", own.mine, name="mine"),
    path("mes-mots/demande/", own.answer_ask, name="answer_ask"),
    path(_MINE, own.own, name="own"),
    path(f"{_MINE}modifier/", own.edit, name="edit"),
    path(f"{_MINE}repondre/", own.answer, name="answer"),
    path(f"{_MINE}accords/", own.agree_more, name="agree_more"),
    path(f"{_MINE}retirer/", own.withdraw, name="withdraw"),
    path(f"{_MINE}lien/", own.link, name="link"),
    path(f"{_MINE}enregistrement/", files.recording, name="recording"),
    path(f"{_MINE}photo/", files.photo, name="photo"),
    # Who reads them again.
    path(_COHORT, desk.of_cohort, name="of_cohort"),
    path(f"{_COHORT}ecrire/", desk.helped, name="helped"),
    path(_ONE, desk.one, name="desk"),
    path(f"{_ONE}publier/", desk.approve, name="approve"),
    path(f"{_ONE}ne-pas-publier/", desk.decline, name="decline"),
    path(f"{_ONE}proposer/", desk.propose, name="propose"),
    path(f"{_ONE}accord-signe/", desk.on_paper, name="on_paper"),
    path(f"{_ONE}accord-parental/", desk.parental, name="parental"),
    path(f"{_ONE}retrait/", desk.withdraw_for, name="withdraw_for"),
    path(f"{_ONE}endroits/", desk.add_place, name="add_place"),
    path(f"{_ONE}endroits/<int:publication_id>/", desk.settle, name="settle"),
]
