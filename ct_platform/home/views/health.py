"""For the supervisor of containers: is the site able to work?"""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from ct_platform.kit.http import reads
from members.middleware import public


@public
@reads
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers. The queue may be down: pages still work, papers wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
