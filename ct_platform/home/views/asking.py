"""A stranger would like one at home, and writes to the network: no account, no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ct_platform.home.forms.asking import EnquiryForm
from ct_platform.home.services import enquiries
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import form_page, reads, refuse_in
from members.limits import Limit, address_of
from members.middleware import public

# A town hall may share one address; nobody writes more than a dozen in an hour.
SENT = Limit("enquiry", tries=12, seconds=3600)


# As for applications (cohorts.views.joining): no session is asked of a stranger, and none is trusted.
@csrf_exempt
@never_cache
@public
@form_page
def ask(request: HttpRequest) -> HttpResponse:
    form = EnquiryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _asked(request, form):
        return redirect("home:asked")
    status = 422 if form.errors else 200
    page = {"form": form, "months": enquiries.KEPT_MONTHS}
    return render(request, "home/ask.html", page, status=status)


def _asked(request: HttpRequest, form: EnquiryForm) -> bool:
    if not form.is_valid():
        return False
    if not SENT.take(address_of(request)):
        form.add_error(None, _("Trop d’envois depuis cette connexion. Rien n’est perdu : attendez un peu, puis envoyez à nouveau."))  # fmt: skip  # noqa: E501
        return False
    try:
        enquiries.ask(key=form.cleaned_data["submission_key"], asked=form.asked, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@public
@reads
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "home/asked.html")
