"""A year is opened to everybody: an act of the network, from what was already published to partners."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from reports.models import Edition, OpenFile, OpenRelease
from reports.open_data.files import files_of
from reports.selectors.open_data import OPEN_SET, last_release, tables_of_edition


@transaction.atomic
def open_year(
    *, edition: Edition, seen: str, reason: str, actor: Actor, at: dt.datetime
) -> OpenRelease:
    """Publish the files of a year, as they were previewed (`seen`: their fingerprint), for ever.

    The same figures again are the version already there: twice is a quiet no-op. Refused when the
    edition was not published to partners or is not the last of its year, when the figures are not
    those that were seen, and for a later version without its reason.
    """
    # Two who publish at once do it in turn.
    rows = Edition.objects.select_for_update(no_key=True).filter(
        year=edition.year, set_code=OPEN_SET
    )
    list(rows.order_by("pk"))
    latest = Edition.objects.published().filter(year=edition.year, set_code=OPEN_SET)
    if latest.order_by("-number").first() != edition:
        raise Refused(_("Cette édition n’est pas la dernière publiée de son année."))
    tables = tables_of_edition(edition)
    same = OpenRelease.objects.filter(year=edition.year, fingerprint=tables.fingerprint).first()
    if same is not None:
        return same
    if tables.fingerprint != seen:
        raise Refused(
            _("Les chiffres ne sont plus ceux que vous avez lus. Relisez-les, puis publiez.")
        )
    before, reason = last_release(edition.year), reason.strip()
    if before is not None and not reason:
        raise Refused(_("Dites pourquoi une nouvelle version paraît."), field="reason")
    release: OpenRelease = OpenRelease.objects.create(
        year=edition.year,
        number=before.number + 1 if before else 1,
        edition=edition,
        published_at=at,
        published_by_id=actor.person_id,
        reason=reason if before else "",
        fingerprint=tables.fingerprint,
        masked=tables.masked,
    )
    written = files_of(
        tables, number=release.number, day=civil_day(at), reason=release.reason,
        home=settings.PUBLIC_ORIGIN + reverse("reports:open_data"),
    )  # fmt: skip
    OpenFile.objects.bulk_create(
        OpenFile(
            release=release, name=one.name, media_type=one.media_type, content=one.content,
            sha256=one.sha256, size=one.size,
        )
        for one in written
    )  # fmt: skip
    return release
