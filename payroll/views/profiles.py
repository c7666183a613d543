"""Contribution profiles of a host: a new version, its confirmation, the written answer it rests on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once
from documents.downloads import scan_of
from payroll import perms
from payroll.forms.host import ConfirmProfileForm, ProfileForm
from payroll.models import ContributionProfile
from payroll.rules.profiles import PROFILES
from payroll.selectors.host import by_side, lines_of, lines_to_choose
from payroll.services.profiles import confirm_profile, read_answer, write_profile
from payroll.views.freshness import fresh


def _find(request: ActorRequest, profile_id: int) -> ContributionProfile:
    """Of the actor's own host; a coordinator knows of it, and is told that it is not theirs."""
    found: ContributionProfile = get_object_or_404(
        ContributionProfile.objects.visible_to(request.actor).select_related("confirmed_by"),
        pk=profile_id,
    )
    allow(perms.may_set_host_pay(request.actor))
    return found


@form_page
def write(request: ActorRequest, profile_id: int) -> HttpResponse:
    before = _find(request, profile_id)
    form = ProfileForm(
        request.POST or None,
        before=before,
        lines=lines_to_choose(before, clock.today()),
        engine_grants=PROFILES[before.code].rgdu,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _write(request, before, form)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "payroll/write_profile.html", {"profile": before, "form": form})


def _write(request: ActorRequest, before: ContributionProfile, form: ProfileForm) -> str:
    version = write_profile(before=before, actor=request.actor, **form.asked)
    messages.success(
        request,
        _("Version %(n)s enregistrée. Elle attend d’être confirmée.") % {"n": version.version},
    )
    return reverse("payroll:host_settings")


@fresh
@form_page
def confirm(request: ActorRequest, profile_id: int) -> HttpResponse:
    profile = _find(request, profile_id)
    form = ConfirmProfileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_profile(
                profile=profile,
                evidence=form.cleaned_data["evidence"],
                answer=form.cleaned_data["answer"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Le profil est confirmé. Des bulletins peuvent être émis."))
            return redirect("payroll:host_settings")
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"profile": profile, "sides": by_side(lines_of(profile)), "form": form}
    return render(request, "payroll/confirm_profile.html", context)


@reads
def answer(request: ActorRequest, profile_id: int) -> HttpResponse:
    """The written answer, as it was received: always a download, never shown inside the site."""
    profile = _find(request, profile_id)
    suffix = profile.evidence_file.name.rpartition(".")[2]
    name = f"reponse-{profile.code}-version-{profile.version}"
    return scan_of(read_answer(profile), name=name, suffix=suffix)
