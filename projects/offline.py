"""*Mes heures* without a network: one anonymous page, the script that keeps it, what makes it installable.

Nothing personal is ever in it: the page is made here without a request, and the worker of the browser
fetches it without cookies. What belongs to a person (their activities, what is not sent yet) lives in
the phone's own store, which signing out empties (static/js/leave.js).
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.forms.hours import NoteForm

# What the pages import from other modules: no address of theirs stands in the HTML.
MODULES = ("js/hours.js", "js/outbox.js")


def shell() -> str:
    """The page that opens without a network: durations, kinds of work, nobody's name."""
    form = NoteForm(projects=[])
    return render_to_string(
        "projects/offline_hours.html",
        {"form": form, "actor": None, "nav": [], "weave": [], "brand_label": "", "messages": ()},
    )


def worker() -> str:
    """The script the browser keeps, with the addresses of what it must keep."""
    page = shell()
    kept = [*_static_addresses(page), *(static(path) for path in MODULES)]
    return render_to_string(
        "projects/hours_worker.js",
        {
            "version": _fingerprint(page, kept),
            "kept": list(dict.fromkeys(kept)),
            "outbox": static("js/outbox.js"),
        },
    )


def manifest() -> dict[str, Any]:
    """What a phone needs to put *Mes heures* on its home screen."""
    here = reverse("projects:my_hours")
    return {
        "id": here,
        "name": _("Mes heures"),
        "short_name": _("Mes heures"),
        "description": _("Noter ses heures, même sans réseau."),
        "lang": "fr",
        "dir": "ltr",
        "start_url": here,
        # The whole site: following a link must not leave the window one installed.
        "scope": "/",
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": "#4b1f52",
        "background_color": "#f7f4ee",
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }


def _static_addresses(page: str) -> list[str]:
    address = re.escape(str(settings.STATIC_URL))
    return re.findall(rf'(?:href|src)="({address}[^"#]+)', page)


def _fingerprint(page: str, kept: list[str]) -> str:
    """Changes with whatever is kept. Where names carry no hash (the demo), the files are read."""
    seen = hashlib.sha256("\n".join([page, *kept]).encode())
    for address in kept:
        found = finders.find(address.removeprefix(str(settings.STATIC_URL)))
        if found:
            seen.update(Path(str(found)).read_bytes())
    return seen.hexdigest()[:16]
