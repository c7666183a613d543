from django.urls import path

from cohorts.views import cannot_enter, recovery

_ONE = "demandes-pour-entrer/<int:recovery_id>/"
urlpatterns = [
    # Strangers.
    path("je-ne-peux-plus-entrer/", cannot_enter.cannot_enter, name="cannot_enter"),
    path("je-ne-peux-plus-entrer/merci/", cannot_enter.asked_to_enter, name="asked_to_enter"),
    path("ce-n-est-pas-moi/<str:secret>/", cannot_enter.not_me, name="not_me"),
    # The host and the coordination.
    path("demandes-pour-entrer/", recovery.recoveries, name="recoveries"),
    path(_ONE, recovery.recovery, name="recovery"),
    path(f"{_ONE}accorder/", recovery.approve, name="approve_recovery"),
    path(f"{_ONE}refaire/", recovery.renew, name="renew_recovery_card"),
    path(f"{_ONE}refuser/", recovery.refuse, name="refuse_recovery"),
]
