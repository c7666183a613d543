"""The answer to a ballot just cast."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ct_platform.kit.http import ActorRequest
from decisions.models import Poll


def after_casting(request: ActorRequest, poll: Poll, receipt: str) -> HttpResponse:
    """Back to the page of the vote; after a sealed ballot, its receipt, in this answer and no other.

    Not in an address, a session or a message: there it would stay beside the name of who voted.
    """
    if not receipt:
        return redirect(request.path)
    answer = render(request, "decisions/receipt.html", {"poll": poll, "receipt": receipt})
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
