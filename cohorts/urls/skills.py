from django.urls import path

from cohorts.views import badges, my_skills, skills

urlpatterns = [
    path("mes-competences/", my_skills.mine, name="my_skills"),
    path("mes-competences/repondre/", my_skills.assess, name="assess_skills"),
    path("mes-competences/montrer/", my_skills.display, name="show_skills"),
    path("mes-competences/collegues/", my_skills.colleagues, name="colleagues_skills"),
    path("competences/<int:enrolment_id>/", skills.confirm, name="confirm_skills"),
    path(
        "competences/confirmations/<int:confirmation_id>/retirer/",
        skills.withdraw,
        name="withdraw_confirmation",
    ),
    path("cohortes/<int:cohort_id>/competences/", skills.of_cohort, name="skills"),
    path("cohortes/<int:cohort_id>/competences/grille/", skills.grid, name="skill_grid"),
    path("cohortes/<int:cohort_id>/competences/attestations/", skills.issue, name="issue_skills"),
    path(
        "cohortes/<int:cohort_id>/competences/<int:enrolment_id>/apercu/",
        skills.preview,
        name="skills_preview",
    ),
    path("papiers/<int:document_id>/open-badge.jwt", badges.badge, name="badge"),
    # Whether badges of a year still stand: their `credentialStatus` points here.
    path("badges/<int:organisation_id>/statuts/<int:year>.jwt", badges.status, name="badge_status"),
    # did:web:<site>:badges:<number> is looked for at this very address (W3C did:web).
    path("badges/<int:organisation_id>/did.json", badges.issuer, name="badge_issuer"),
]
