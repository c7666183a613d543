"""Which uses a button takes back: "words:site", several of them, or everything."""

from django.http import HttpRequest

Choice = tuple[str, str]


def chosen(request: HttpRequest) -> list[Choice] | None:
    """None: everything. An empty choice is nothing, never everything."""
    if "all" in request.POST or "only" not in request.POST:
        return None
    pairs = (value.partition(":") for value in request.POST.getlist("only"))
    return [(what, use) for what, _colon, use in pairs]
