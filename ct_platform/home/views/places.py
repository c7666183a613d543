"""Where there is one: the map and its list, a page a territory, a page a trade."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ct_platform.home import france, structured
from ct_platform.home import public_page as read
from ct_platform.home.site_page import words_on
from ct_platform.kit import clock
from ct_platform.kit.http import reads
from ct_platform.kit.indexing import indexed
from ct_platform.kit.trades import TRADES
from members.middleware import public
from testimonials.selectors.public import told_trades, words_of_cohorts, words_of_trade


@public
@indexed
@reads
def cooperatives(request: HttpRequest) -> HttpResponse:
    page = {"map": read.places(), "outline": france.outline()}
    return render(request, "home/cooperatives.html", page)


@public
@indexed
@reads
def territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    place = get_object_or_404(read.public_territories(), pk=territory_id)
    cohorts = read.cohorts_of_territory(place)
    keys = [one.key for one in cohorts]
    meetings = read.coming_meetings(clock.now(), territory=place.pk, limit=6)
    page = {
        "territory": place,
        "cohorts": cohorts,
        "meetings": meetings,
        "facts": structured.meetings(meetings),
        "stories": words_of_cohorts(keys, day=clock.today(), limit=6),
        "partners": read.partners_of(place, clock.today()),
    }
    return render(request, "home/territory.html", page)


@public
@indexed
@reads
def trades(request: HttpRequest) -> HttpResponse:
    page = {
        "words": words_on(request, "home:trades"),
        "trades": TRADES.values(),
        "told": told_trades(day=clock.today()),
    }
    return render(request, "home/trades.html", page)


@public
@indexed
@reads
def trade(request: HttpRequest, trade_code: str) -> HttpResponse:
    found = TRADES.get(trade_code)
    if found is None:
        raise Http404
    page = {
        "words": words_on(request, "home:trades"),
        "trade": found,
        "others": [one for one in TRADES.values() if one is not found],
        "stories": words_of_trade(found.code, day=clock.today(), limit=12),
        "cohorts": read.cohorts_of_trade(found.code, limit=12),
    }
    return render(request, "home/trade.html", page)
