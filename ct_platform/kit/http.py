"""What views share: a request that knows its actor, GETs that cannot write, forms of services."""

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import DomainError, Refused


class ActorRequest(HttpRequest):
    """A request behind the sign-in door: `actor` is never None there."""

    actor: Actor
    # What a view already read for the frame of the page (home.navigation), to spare a query.
    page_cohort: Any
    page_trades: list[str]


class WriteOnRead(RuntimeError):
    """A GET tried to change the database: a mistake of ours, caught before it happens."""


_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Reading a page may renew the session; nothing else.
_SPARED = (Session._meta.db_table,)


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().upper().startswith(_WRITES) and not any(t in sql for t in _SPARED):
        raise WriteOnRead(sql[:120])
    return execute(sql, params, many, context)


View = Callable[..., HttpResponse]


def reads(view: View) -> View:
    """A page: GET and HEAD only, and the database refuses any write while it is made."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with connection.execute_wrapper(_refuse_writes):
            return view(request, *args, **kwargs)

    return require_safe(guarded)


def writes(view: View) -> View:
    """An act: POST only."""
    return require_POST(view)


def form_page(view: View) -> View:
    """A page with its form: GET shows (and cannot write), POST acts."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            with connection.execute_wrapper(_refuse_writes):
                return view(request, *args, **kwargs)
        return require_safe(view)(request, *args, **kwargs)

    return guarded


def allow(answer: bool) -> None:
    """Known but not entitled: 403. The same predicate hides the button."""
    if not answer:
        raise PermissionDenied


def refuse_in(form: forms.BaseForm, refusal: Refused) -> None:
    """Put the sentence of a service beside the field it speaks of, else at the top of the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def acted(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do what a button asks; say that it is done, or why it is refused, on the page that comes next."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
