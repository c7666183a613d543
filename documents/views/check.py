"""The public check page: is this paper ours, and does it still stand?"""

import functools

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from ct_platform.kit.http import View, form_page, reads
from ct_platform.kit.indexing import indexed
from documents import verdicts
from documents.forms import CheckForm, NameForm
from documents.limits import address_of, allowed
from documents.models import Document
from documents.rules import read_code, same_name
from members.middleware import public

PAGES_A_MINUTE = 60
NAMES_AN_HOUR = 5
# Many addresses may check one paper; more guesses than this at one name are an attack.
NAMES_OF_A_PAPER_AN_HOUR = 20


def discreet(view: View) -> View:
    """Neither kept, nor indexed, nor told to the next site; a bounded number a minute."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if allowed("check", address_of(request), tries=PAGES_A_MINUTE, seconds=60):
            response = view(request, **kwargs)
        else:
            response = render(request, "429.html", status=429)
        response.headers["Cache-Control"] = "no-store"
        if kwargs:  # the bare door is for everybody; what stands behind a code is not
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


@public
@indexed
@reads
@discreet
def check_form(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.GET or None)
    if form.is_valid():
        return redirect("documents:check", code=form.cleaned_data["code"])
    return render(request, "documents/check_form.html", {"form": form})


# The page acts in nobody's name and keeps no session: there is no request to forge. With
# no-referrer a browser sends "Origin: null", which Django's own check would refuse.
@public
@csrf_exempt
@form_page
@discreet
def check(request: HttpRequest, code: str) -> HttpResponse:
    document = Document.objects.with_code(read_code(code)).first()
    if document is None:
        context = {"verdict": verdicts.unknown()}
        return render(request, "documents/check.html", context, status=404)
    context = {"verdict": verdicts.verdict_on(document), "document": document, "form": NameForm()}
    if request.method == "POST":
        context |= _answer(request, document)
    return render(request, "documents/check.html", context)


def _answer(request: HttpRequest, document: Document) -> dict[str, object]:
    """Does this name match? `answer` is "yes", "no" or "later"; absent when nothing was asked."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return {"form": form}
    address = address_of(request)
    hour = {"seconds": 3600, "closed": True}
    tried = allowed("name", f"{document.pk}:{address}", tries=NAMES_AN_HOUR, **hour) and allowed(
        "name", f"{document.pk}", tries=NAMES_OF_A_PAPER_AN_HOUR, **hour
    )
    if not tried:
        return {"form": form, "answer": "later"}
    same = same_name(form.cleaned_data["name"], verdicts.printed_name(document))
    return {"form": form, "answer": "yes" if same else "no"}
