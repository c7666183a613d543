from django.urls import path

from cohorts.views import contract_acts as acts
from cohorts.views import contract_duties as duties
from cohorts.views import contracts

_COHORT = "cohortes/<int:cohort_id>/contrats/"
_ONE = f"{_COHORT}<int:contract_id>/"
_AMENDMENT = f"{_COHORT}avenants/<int:amendment_id>/"

urlpatterns = [
    path("mon-contrat/", contracts.mine, name="my_contract"),
    path("contrats/", contracts.of_host, name="host_contracts"),
    path("contrats/demarches/", duties.notices, name="contract_notices"),
    path("contrats/demarches/<int:notice_id>/", duties.notice, name="contract_notice"),
    path("contrats/demarches/<int:notice_id>/lettre/", duties.letter, name="contract_letter"),
    path("contrats/reglages/", duties.kinds, name="contract_kinds"),
    path("contrats/reglages/<str:kind>/", duties.terms, name="contract_terms"),
    path("contrats/pieces/<int:file_id>/", contracts.contract_file, name="contract_file"),
    path(_COHORT, contracts.of_cohort, name="contracts"),
    path(f"{_COHORT}preparer/", contracts.prepare, name="prepare_contracts"),
    path(f"{_COHORT}questions/", contracts.questions, name="contract_questions"),
    path(f"{_COHORT}papiers/", contracts.papers, name="contract_papers"),
    path(_ONE, contracts.contract, name="contract"),
    path(f"{_ONE}apercu/", contracts.preview, name="contract_preview"),
    path(f"{_ONE}dates/", acts.dates, name="contract_dates"),
    path(f"{_ONE}points/", acts.points, name="contract_points"),
    path(f"{_ONE}avant/", acts.eligibility, name="contract_eligibility"),
    path(f"{_ONE}signature/", acts.sign, name="sign_contract"),
    path(f"{_ONE}renouveler/", acts.renew, name="renew_contract"),
    path(f"{_ONE}avenant/", acts.amend, name="amend_contract"),
    path(f"{_ONE}fin/", acts.end, name="end_contract"),
    path(f"{_ONE}reprendre/", acts.withdraw, name="withdraw_contract"),
    path(f"{_ONE}annuler/", acts.cancel, name="cancel_contract"),
    path(f"{_AMENDMENT}signature/", acts.sign_amendment, name="sign_amendment"),
    path(f"{_AMENDMENT}annuler/", acts.cancel_amendment, name="cancel_amendment"),
]
