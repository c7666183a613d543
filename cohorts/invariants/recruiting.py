"""What must always be true of programmes and applications."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from cohorts.models import Application, Cohort, Voice
from ct_platform.kit.invariants import Invariant, register


def _programmes() -> Iterable[str]:
    strangers = Cohort.objects.filter(programme__organisation__isnull=False).exclude(
        programme__organisation_id=F("host_id")
    )
    for cohort in strangers.order_by("pk").iterator():
        yield _("La cohorte %(pk)d suit le programme d’une autre coopérative hôte.") % {
            "pk": cohort.pk
        }


def _enrolled() -> Iterable[str]:
    astray = Application.objects.filter(enrolment__isnull=False).exclude(
        enrolment__cohort_id=F("cohort_id")
    )
    for application in astray.order_by("pk").iterator():
        yield _("La candidature %(pk)d mène à une autre cohorte.") % {"pk": application.pk}


def _erased() -> Iterable[str]:
    told = Q(last_name__gt="") | Q(phone__gt="") | Q(email__gt="") | Q(motivation__gt="")
    left = Application.objects.filter(told | Q(voice__isnull=False), erased_at__isnull=False)
    for application in left.order_by("pk").iterator():
        yield _("La candidature %(pk)d est effacée, et dit encore quelque chose.") % {
            "pk": application.pk
        }


def _voices() -> Iterable[str]:
    for voice in Voice.objects.filter(application__isnull=False).exclude(
        cohort_id=F("application__cohort_id")
    ):
        yield _("Le message vocal %(pk)d est d’une autre cohorte.") % {"pk": voice.pk}


def register_all() -> None:
    register(
        Invariant("cohorts.programmes", _("Un programme est du réseau ou de l’hôte."), _programmes)
    )
    register(
        Invariant("cohorts.enrolled", _("Une candidature mène à sa propre cohorte."), _enrolled)
    )
    register(Invariant("cohorts.erased", _("Une candidature effacée ne dit plus rien."), _erased))
    register(Invariant("cohorts.voices", _("Une voix reste avec sa candidature."), _voices))
