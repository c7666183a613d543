"""A secret ballot is for good: what was chosen is shown once more, and only a second press casts it.

Between the two presses the choice is in the page, and nowhere else: no session, cache, message,
address or row. Nor in the length of the page, which servers write in their logs.
"""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_variables

from ct_platform.kit.http import ActorRequest
from decisions.forms.voting import BallotForm
from decisions.selectors.taking_part import VoterSheet

CAST, CHANGE = "confirmer", "modifier"
# More than the words and fields of any ballot: every choice makes one length.
BLOCK = 8192


class Unshown(RuntimeError):
    """A page that holds a choice could not be made. Its cause is left out: it would quote the choice."""


@sensitive_variables()
def confirm_page(request: ActorRequest, sheet: VoterSheet, form: BallotForm) -> HttpResponse:
    """What a valid form says, in words, and the two buttons. Nothing is written."""
    frame: dict[str, Any] = {"sheet": sheet, "poll": sheet.poll, "words": (), "carried": ()}
    said = {"words": sheet.in_words(form.ballot), "carried": form.carried}
    return secret_page(request, "decisions/poll_confirm.html", frame | said, frame)


@sensitive_variables()
def secret_page(
    request: ActorRequest, template: str, context: dict[str, Any], bare: dict[str, Any]
) -> HttpResponse:
    """A page that holds a choice, as long as whatever was chosen. `bare`: the same without a choice.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    try:
        said = render_to_string(template, context, request)
        frame = render_to_string(template, bare, request)
    except Exception:  # whatever it is, its frames hold the choice
        raise Unshown(template) from None
    more = len(said.encode()) - len(frame.encode())
    answer = HttpResponse(f"{said}<!--{'.' * (BLOCK - more % BLOCK)}-->")
    answer.headers["Cache-Control"] = "no-store, private, no-transform"
    # Compressed, the lengths would differ again.
    answer.headers["Content-Encoding"] = "identity"
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
