"""What search engines may come and read: every page that is for everybody, and none that is not."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as drawn
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ct_platform.home import public_page as read
from ct_platform.kit import clock
from ct_platform.kit.http import reads
from ct_platform.kit.trades import TRADES
from members.middleware import public
from testimonials.selectors.public import story_codes

_PAGES = (
    "home:public", "home:idea", "home:cooperatives", "home:trades", "testimonials:public", "home:partners",
    "home:start", "home:ask", "documents:check_form", "home:accessibility", "home:privacy", "home:legal",
    "home:site_map",
)  # fmt: skip


class PublicPages(Sitemap):  # type: ignore[misc]
    """Addresses under our own origin, whatever name the request came by. Three queries."""

    @property
    def protocol(self) -> str:
        return settings.PUBLIC_ORIGIN.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        return settings.PUBLIC_ORIGIN.partition("://")[2]

    def items(self) -> list[str]:
        found = [reverse(name) for name in _PAGES]
        found += [reverse("home:trade", args=[code]) for code in TRADES]
        for name, rows in (
            ("home:territory", read.public_territories()),
            ("cohorts:cooperative", read.shown_cohorts()),
        ):
            keys = rows.order_by("pk").values_list("pk", flat=True)
            found += [reverse(name, args=[key]) for key in keys]
        found += [reverse("testimonials:story", args=[c]) for c in story_codes(day=clock.today())]
        return found

    def location(self, item: str) -> str:
        return item


@public
@reads
def sitemap(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = drawn(request, {"pages": PublicPages})
    return answer
