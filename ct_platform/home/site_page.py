"""What each public page is given: its texts, written or of the house, and a draft when somebody previews one."""

from django.http import HttpRequest

from ct_platform.home.models import TextVersion
from ct_platform.home.services.site_texts import written_now
from ct_platform.home.site_words import Words, codes_of, words_from


def words_on(request: HttpRequest, page: str) -> Words:
    """The texts of a page. One query."""
    codes = codes_of(page)
    written = written_now(codes)
    draft: TextVersion | None = getattr(request, "site_draft", None)
    if draft is not None and draft.code in codes:
        written[draft.code] = draft.body
    return words_from(codes, written)
