"""The network writes on the public site: drafts, their preview on the real page, what is shown, partners, demands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from ct_platform.home.forms.writing import PartnerForm, SiteTextForm
from ct_platform.home.models import Enquiry, ShownPartner
from ct_platform.home.perms import can_write_site
from ct_platform.home.services import enquiries, partners, site_texts
from ct_platform.home.site_words import TEXTS, drawn
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, acted, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.indexing import kept_out
from ct_platform.kit.keys import key_of


@reads
def site(request: ActorRequest) -> HttpResponse:
    allow(can_write_site(request.actor))
    return render(request, "home/site/texts.html", {"states": site_texts.states()})


@form_page
def text(request: ActorRequest, text_code: str) -> HttpResponse:
    """Write a draft; saving leads to its preview, on the page where it will stand."""
    allow(can_write_site(request.actor))
    state = site_texts.state_of(_known(text_code))
    form = SiteTextForm(request.POST if request.method == "POST" else None, state=state)
    if request.method == "POST" and form.is_valid():
        written = _written(request, form, text_code)
        if written is not None:
            return redirect("home:site_preview", text_code=text_code, number=written)
    page = {
        "state": state,
        "form": form,
        "theirs": drawn(form.theirs.body) if form.theirs else "",
        "history": site_texts.history(text_code),
        "publications": site_texts.publications(text_code),
    }
    return render(request, "home/site/text.html", page, status=422 if form.errors else 200)


def _known(text_code: str) -> str:
    if text_code not in TEXTS:
        raise Http404
    return text_code


def _written(request: ActorRequest, form: SiteTextForm, code: str) -> int | None:
    """The number of the draft, or None with the reason left in the form."""
    body, seen = form.cleaned_data["body"], form.cleaned_data["seen"]
    try:
        version = site_texts.write_version(
            code=code, body=body, seen=seen, actor=request.actor, at=clock.now()
        )
    except site_texts.TextChanged as changed:
        form.rebase(changed.latest)
        form.add_error(None, str(changed))
        return None
    except Refused as refusal:
        refuse_in(form, refusal)
        return None
    return int(version.number)


@reads
def preview(request: ActorRequest, text_code: str, number: int) -> HttpResponse:
    """The page itself, with this version in its place. 0: with the words of the house."""
    allow(can_write_site(request.actor))
    draft = site_texts.version_of(_known(text_code), number)
    if draft is None:
        raise Http404
    request.site_draft = draft  # type: ignore[attr-defined]
    request.site_state = site_texts.state_of(text_code)  # type: ignore[attr-defined]
    address = reverse(TEXTS[text_code].page)
    return kept_out(resolve(address).func(request))


@writes
def publish(request: ActorRequest, text_code: str, number: int) -> HttpResponse:
    allow(can_write_site(request.actor))
    known, seen = _known(text_code), request.POST.get("seen", "0")
    done = acted(
        request,
        lambda: site_texts.publish(
            code=known,
            number=number,
            seen=key_of(seen) or 0,
            actor=request.actor,
            at=clock.now(),
        ),
        _("C’est publié : le site montre ce texte."),
    )
    if not done:
        return redirect("home:site_text", text_code=known)
    return redirect(TEXTS[known].page)


@reads
def shown_partners(request: ActorRequest) -> HttpResponse:
    allow(can_write_site(request.actor))
    page = {"partners": partners.all_partners(), "today": clock.today()}
    return render(request, "home/site/partners.html", page)


@form_page
def add_partner(request: ActorRequest) -> HttpResponse:
    allow(can_write_site(request.actor))
    return _partner_page(request, None)


@form_page
def partner(request: ActorRequest, partner_id: int) -> HttpResponse:
    allow(can_write_site(request.actor))
    return _partner_page(request, get_object_or_404(partners.noted(), pk=partner_id))


def _partner_page(request: ActorRequest, row: ShownPartner | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = PartnerForm(sent, request.FILES if sent is not None else None, partner=row)
    if sent is not None and form.is_valid() and _noted(request, form, row):
        messages.success(request, _("C’est enregistré."))
        return redirect("home:site_partners")
    page = {"form": form, "partner": row}
    return render(request, "home/site/partner.html", page, status=422 if form.errors else 200)


def _noted(request: ActorRequest, form: PartnerForm, row: ShownPartner | None) -> bool:
    try:
        upload = form.cleaned_data["logo"]
        logo = partners.redraw_logo(upload) if upload else None
        partners.note_partner(partner=row, shown=form.shown, logo=logo, actor=request.actor)
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@reads
def asked(request: ActorRequest) -> HttpResponse:
    allow(can_write_site(request.actor))
    page = {"enquiries": enquiries.waiting_first(), "months": enquiries.KEPT_MONTHS}
    return render(request, "home/site/enquiries.html", page)


@writes
def answered(request: ActorRequest, enquiry_id: int) -> HttpResponse:
    allow(can_write_site(request.actor))
    enquiry: Enquiry = get_object_or_404(enquiries.standing(), pk=enquiry_id)
    acted(
        request,
        lambda: enquiries.note_answered(enquiry=enquiry, actor=request.actor, at=clock.now()),
        _("C’est noté : quelqu’un a répondu."),
    )
    return redirect("home:enquiries")
