"""Addresses of messages about votes; `decisions.urls` takes them in under its own name."""

from django.urls import path

from decisions.views import messages, vote_link

_assembly = "assemblees/<int:assembly_id>/messages/"
_poll = "cohortes/<int:cohort_id>/decisions/<int:poll_id>/"
urlpatterns = [
    path("vote/<str:token>/", vote_link.vote_link, name="vote_link"),
    path(f"{_poll}messages/", messages.deliveries, name="deliveries"),
    path(f"{_poll}messages/encore/", messages.try_again, name="try_again"),
    path(f"{_poll}messages/rappel/", messages.remind, name="remind"),
    path(_assembly, messages.convening, name="convening"),
    path(f"{_assembly}encore/", messages.convene_again, name="convene_again"),
]
