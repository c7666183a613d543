"""The door of the API: a token and nothing else, counted, answered in JSON, refused in JSON."""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ct_platform.kit import clock
from ct_platform.kit.http import reads
from members.limits import Limit, address_of
from members.middleware import public
from reports.api.problems import Problem
from reports.models import ApiToken
from reports.services import tokens
from reports.services.tokens import TokenRefused

# A program that reads a report a second for two minutes is not slowed down.
CALLS = Limit("api", tries=120, seconds=60)
OPEN_CALLS = Limit("api-open", tries=60, seconds=60)
WRONG = Limit("api-wrong", tries=20, seconds=600)
A_PAGE = 25


View = Callable[..., HttpResponse]


def with_token(view: View) -> View:
    """Open to a token that stands; the view gets it as `token`. Cookies and sessions open nothing."""

    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return reads(view)(request, *args, token=_token_of(request), **kwargs)

    return _answered(entered)


def without_token(view: View) -> View:
    """What the public site already says."""

    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not OPEN_CALLS.take(address_of(request)):
            raise _too_many(OPEN_CALLS)
        return reads(view)(request, *args, **kwargs)

    return _answered(entered)


def _answered(view: View) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method not in ("GET", "HEAD"):
                raise Problem(405, "methode", _("On ne fait que lire ici."), Allow="GET, HEAD")
            return view(request, *args, **kwargs)
        except Problem as problem:
            return problem.response()
        except Http404:
            return Problem(404, "introuvable", _("Rien de tel n’est à lire ici.")).response()

    # Nothing is ever done here, and no cookie counts: a POST is told so, not asked for a form.
    return public(csrf_exempt(guarded))


def _token_of(request: HttpRequest) -> ApiToken:
    """The token in the Authorization header, counted; its day of use is kept here, at the door."""
    now = clock.now()
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _refused("jeton-absent", _("Donnez votre jeton : « Authorization: Bearer ctp_… »."))
    if not WRONG.take(address_of(request)):
        raise _too_many(WRONG)
    try:
        token = tokens.find_token(secret=secret.strip()[:200], at=now)
    except TokenRefused as refusal:
        raise _refused(refusal.code, str(refusal)) from refusal
    WRONG.give_back(address_of(request))
    if not CALLS.take(str(token.pk)):
        raise _too_many(CALLS)
    tokens.note_use(token=token, at=now)
    return token


def _refused(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, WWW_Authenticate='Bearer realm="api"')


def _too_many(limit: Limit) -> Problem:
    detail = _("Trop de demandes. Attendez %(n)s secondes.") % {"n": limit.seconds}
    return Problem(429, "trop-de-demandes", detail, Retry_After=str(limit.seconds))


def answer(request: HttpRequest, body: Any, *, shared: bool = False) -> HttpResponse:
    """JSON with its fingerprint: who has it already is told so (304) and downloads nothing.

    `shared`: the same for everybody; any cache may keep it an hour.
    """
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    kept = "public, max-age=3600" if shared else "private, no-cache"
    headers = {"ETag": etag, "Cache-Control": kept, "Vary": "Authorization"}
    made = HttpResponse(content, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=etag, response=made) or made


def listed(request: HttpRequest, rows: QuerySet[Any], shape: Callable[[Any], Any]) -> HttpResponse:
    """One page of a list, and the address of the next."""
    try:
        page = Paginator(rows, A_PAGE).page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Problem(400, "page", _("Cette page n’existe pas.")) from error
    following = f"{request.path}?page={page.next_page_number()}" if page.has_next() else None
    body = {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "suivante": following,
        "lignes": [shape(one) for one in page],
    }
    return answer(request, body)
