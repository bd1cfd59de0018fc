"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.csrf import requires_csrf_token

from cms.languages import by_code


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Say in the visitor's language that the site failed, without the database and without context processors."""
    code = get_language_from_request(request, check_path=True) or get_language()
    with override(code):
        html = loader.get_template("500.html").render({"tag": by_code(code).tag})
    return HttpResponseServerError(html)
