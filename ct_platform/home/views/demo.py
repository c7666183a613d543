"""The demo door: enter as an invented person. Its address exists only under demo settings."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ct_platform.home.demo.doors import demo_people, demo_user
from ct_platform.home.demo.keys import demo_keys
from ct_platform.kit.http import form_page
from members.middleware import DEMO_ENTRY_KEY, public


@public
@form_page
def enter_as(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        page = {"groups": demo_people(), "sealed": demo_keys()}
        return render(request, "home/demo_enter.html", page)
    user = demo_user(request.POST.get("person", ""))
    if user is None:
        raise Http404
    request.session.flush()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[DEMO_ENTRY_KEY] = True
    return redirect("home:arrive")
