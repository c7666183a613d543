from django.urls import path

from decisions.views import (
    proxies,
    rules,
    running,
    taking_part,
    voting,
)

app_name = "decisions"
_cohort = "cohortes/<int:cohort_id>/decisions/"
urlpatterns = [
    path("a-decider/", taking_part.to_decide, name="to_decide"),
    path("a-decider/<int:poll_id>/", voting.poll, name="poll"),
    path("a-decider/<int:poll_id>/pour/<int:represented_id>/", voting.poll_for, name="poll_for"),
    path("a-decider/<int:poll_id>/objection/", voting.settle_objection, name="settle_objection"),
    path("procurations/", proxies.mine, name="my_proxies"),
    path("procurations/<int:proxy_id>/reprendre/", proxies.revoke, name="revoke_proxy"),
    path("decisions-prises/", taking_part.register, name="register"),
    path("a-decider/regles/", rules.read, name="rules"),
    path(_cohort, running.of_cohort, name="of_cohort"),
    path(f"{_cohort}regles/", rules.adopt, name="statutes"),
    path(f"{_cohort}procurations/", proxies.of_cohort, name="proxies_of_cohort"),
    path(f"{_cohort}ouvrir/", running.choose_effect, name="choose_effect"),
    path(f"{_cohort}ouvrir/<slug:effect_code>/", running.open_vote, name="open_vote"),
    path(f"{_cohort}<int:poll_id>/", running.poll_of_cohort, name="poll_of_cohort"),
    path(f"{_cohort}<int:poll_id>/compter/", running.close, name="close"),
    path(f"{_cohort}<int:poll_id>/annuler/", running.cancel, name="cancel"),
    path(f"{_cohort}<int:poll_id>/nouveau-tour/", running.next_round, name="next_round"),
]
