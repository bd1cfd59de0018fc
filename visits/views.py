"""What pages tell of being read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.rate_limit import Limit, limited, refuse_silently
from visits import recording

# A school class that opens page after page behind one address stays below.
TOLD = Limit("visits", 300, 60)
LONGEST = 200


# Pages are the same for everybody, so they carry no token; no cookie is read, none is set.
@csrf_exempt
@require_POST
@never_cache
@limited(TOLD, refuse_silently)
def seen(request: HttpRequest) -> HttpResponse:
    """Count a page that was seen; what is wrong, forged or too much is passed over alike (204)."""
    # More than two short words is not read at all, nor what another site's page sends.
    size = str(request.META.get("CONTENT_LENGTH", ""))
    is_short = size.isdecimal() and len(size) < 9 and int(size) <= LONGEST
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if is_short and is_ours and request.content_type == "application/x-www-form-urlencoded":
        recording.seen(request, request.POST.get("page", ""), request.POST.get("from", ""))
    response = HttpResponse(status=204)
    response["X-Robots-Tag"] = "noindex"
    return response
