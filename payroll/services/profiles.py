"""Contribution profiles: a new version for each change, confirmed in somebody's name on a written answer."""

import datetime as dt
import hashlib
from collections.abc import Collection
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import suffix_of
from payroll.engine.codes import LINE_CODES, RGDU
from payroll.models import ContributionProfile
from payroll.rules.profiles import differences
from payroll.services.run_rows import refuse_counted


@transaction.atomic
def write_profile(
    *,
    before: ContributionProfile,
    in_force_from: dt.date,
    shown: Collection[str],
    due: Collection[str],
    rgdu: bool | None,
    tdelta_override: Decimal | None,
    legal_reference: str,
    actor: Actor,
) -> ContributionProfile:
    """Write version n + 1 of a profile, unconfirmed; every earlier version stays as it was.

    `due` are the line codes owed among those `shown`; `rgdu` None keeps the engine's answer;
    `tdelta_override` a coefficient from 0 to 1. Raises Refused: unknown line, a coefficient out of
    range, no reference, a run of that month or later already photographed.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=before.host_id)
    if not set(due) <= set(shown) <= set(LINE_CODES) - {RGDU}:
        raise Refused(_("Choisissez parmi les lignes proposées."), field="due")
    if tdelta_override is not None and not 0 <= tdelta_override <= 1:
        raise Refused(_("Ce coefficient va de 0 à 1."), field="tdelta_override")
    if len(legal_reference.strip()) < 5:
        raise Refused(
            _("Dites sur quel texte repose ce profil : article, circulaire, rescrit."),
            field="legal_reference",
        )
    refuse_counted(in_force_from, cohort__host_id=before.host_id)
    versions = ContributionProfile.objects.filter(host_id=before.host_id, code=before.code)
    disabled, enabled = differences(
        before.code,
        shown=shown,
        due=due,
        disabled=before.disabled_lines,
        enabled=before.enabled_lines,
    )
    return ContributionProfile.objects.create(
        host_id=before.host_id,
        code=before.code,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        in_force_from=in_force_from,
        disabled_lines=disabled,
        enabled_lines=enabled,
        rgdu=rgdu,
        tdelta_override=tdelta_override,
        legal_reference=legal_reference.strip(),
        written_by_id=actor.person_id,
    )


@transaction.atomic
def confirm_profile(
    *, profile: ContributionProfile, evidence: str, answer: bytes, actor: Actor, at: dt.datetime
) -> ContributionProfile:
    """Confirm in one's name that a profile is right, on a written answer: slips may be issued.

    `evidence` is the reference of that answer (letter, ticket of the URSSAF, opinion), `answer` the
    file itself: a PDF, PNG or JPEG up to 5 MB, kept for good with its sha-256. Confirming a
    confirmed profile changes nothing. Raises Refused without a reference or with another file.
    """
    profile = ContributionProfile.objects.select_for_update().get(pk=profile.pk)
    if profile.is_confirmed:
        return profile
    if len(evidence.strip()) < 5:
        raise Refused(
            _("Donnez la référence de la réponse écrite : de qui, de quel jour."), field="evidence"
        )
    suffix = suffix_of(answer, field="answer")
    digest = hashlib.sha256(answer).hexdigest()
    profile.evidence, profile.evidence_sha256 = evidence.strip(), digest
    profile.confirmed_by_id, profile.confirmed_at = actor.person_id, at
    # Named by us: nothing typed reaches the disk. A rollback leaves a file nobody points at.
    name = f"profil-{profile.pk}-{digest[:16]}.{suffix}"
    profile.evidence_file.save(name, ContentFile(answer), save=False)
    profile.save(
        update_fields=[
            "evidence", "evidence_file", "evidence_sha256", "confirmed_by", "confirmed_at",
        ]
    )  # fmt: skip
    return profile


def read_answer(profile: ContributionProfile) -> bytes:
    """Read the written answer back. Raises Refused when there is none, or when it was altered."""
    if not profile.evidence_file:
        raise Refused(_("La réponse écrite n’est pas rangée ici : seule sa référence l’est."))
    try:
        with profile.evidence_file.open("rb") as stored:
            content: bytes = stored.read()
    except FileNotFoundError as error:
        raise Refused(
            _("La réponse écrite n’est plus dans le coffre. Prévenez le réseau.")
        ) from error
    if hashlib.sha256(content).hexdigest() != profile.evidence_sha256:
        raise Refused(_("La réponse écrite a changé depuis la confirmation. Prévenez le réseau."))
    return content
