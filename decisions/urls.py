from django.urls import path

from decisions.views import (
    discussing,
    keys,
    opening,
    proposals,
    proxies,
    rules,
    running,
    taking_part,
    voting,
)

app_name = "decisions"
_proposal = "propositions/<int:proposal_id>/"
_words = "propositions/paroles/<int:contribution_id>/"
_cohort = "cohortes/<int:cohort_id>/decisions/"
urlpatterns = [
    path("a-decider/", taking_part.to_decide, name="to_decide"),
    path("a-decider/<int:poll_id>/", voting.poll, name="poll"),
    path("a-decider/<int:poll_id>/pour/<int:represented_id>/", voting.poll_for, name="poll_for"),
    path("a-decider/<int:poll_id>/objection/", voting.settle_objection, name="settle_objection"),
    path("procurations/", proxies.mine, name="my_proxies"),
    path("procurations/<int:proxy_id>/reprendre/", proxies.revoke, name="revoke_proxy"),
    path("a-decider/<int:poll_id>/cle/", keys.key, name="key"),
    path("a-decider/<int:poll_id>/recus/", keys.board, name="board"),
    path("decisions-prises/", taking_part.register, name="register"),
    path("a-decider/regles/", rules.read, name="rules"),
    path(_cohort, running.of_cohort, name="of_cohort"),
    path("propositions/", proposals.proposals, name="proposals"),
    path("propositions/ecrire/", proposals.choose, name="choose_proposal"),
    path("propositions/ecrire/<slug:effect_code>/", proposals.write, name="write_proposal"),
    path(_proposal, proposals.proposal, name="proposal"),
    path(f"{_proposal}textes/", proposals.history, name="proposal_history"),
    path(f"{_proposal}changer/", proposals.change, name="write_version"),
    path(f"{_proposal}dire/", discussing.say, name="say"),
    path(f"{_proposal}retirer/", discussing.withdraw_proposal, name="withdraw_proposal"),
    path(f"{_words}repondre/", discussing.answer, name="answer"),
    path(f"{_words}ne-pas-prendre/", discussing.decline, name="decline"),
    path(f"{_words}retirer/", discussing.withdraw, name="withdraw_words"),
    path(f"{_cohort}propositions/<int:proposal_id>/vote/", opening.put_to_vote, name="put_to_vote"),
    path(f"{_cohort}regles/", rules.adopt, name="statutes"),
    path(f"{_cohort}procurations/", proxies.of_cohort, name="proxies_of_cohort"),
    path(f"{_cohort}ouvrir/", opening.choose_effect, name="choose_effect"),
    path(f"{_cohort}ouvrir/<slug:effect_code>/", opening.open_vote, name="open_vote"),
    path(f"{_cohort}<int:poll_id>/", running.poll_of_cohort, name="poll_of_cohort"),
    path(f"{_cohort}<int:poll_id>/compter/", running.close, name="close"),
    path(f"{_cohort}<int:poll_id>/annuler/", running.cancel, name="cancel"),
    path(f"{_cohort}<int:poll_id>/nouveau-tour/", opening.next_round, name="next_round"),
]
