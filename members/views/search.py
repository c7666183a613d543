"""One box to find people, cohorts, papers, decisions: each seat within its own scope."""

from django.http import HttpResponse
from django.shortcuts import render

from ct_platform.kit.http import ActorRequest, reads
from members.limits import Limit
from members.search import LONGEST, SHORTEST, Query, search
from members.views.profile import LAYOUTS

# A person looks for a name or two; a script looks for all of them.
ASKED = Limit("search", tries=60, seconds=60)


@reads
def results(request: ActorRequest) -> HttpResponse:
    """A GET, so that it works without JavaScript and the browser's "back" finds it again."""
    query = Query.read(request.GET.get("q", ""))
    paused = bool(query.text) and not ASKED.take(str(request.actor.person_id))
    page = {
        "layout": LAYOUTS[request.actor.is_cooperant],
        "query": query,
        "groups": [] if paused else search(request.actor, query),
        "paused": paused,
        "longest": LONGEST,
        "shortest": SHORTEST,
    }
    return render(request, "members/search.html", page, status=429 if paused else 200)
