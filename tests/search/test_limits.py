import pytest
from django.urls import reverse
from django.utils import translation

from cms.languages import CODES
from cms.rate_limit import Limit, waiting_time
from search.limits import CLICKS, SEARCHES

BY = {"REMOTE_ADDR": "8.8.4.4"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", CODES)
def test_refused_search_says_so_and_keeps_what_was_typed(client, homes, language, clock):
    with translation.override(language):
        address = reverse("search:search")
    for _ in range(SEARCHES.number):
        waiting_time(client.get(address, {}, **BY).wsgi_request, Limit("other", 1, 1))
    response = client.get(address, {"q": "하천 <b>", "type": "case"}, **BY)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 120
    assert response["X-Robots-Tag"] == "noindex"
    text = response.content.decode()
    assert 'value="하천 &lt;b&gt;"' in text
    assert 'class="search__unavailable" role="alert"' in text
    assert client.get(address, {"q": "하천"}, REMOTE_ADDR="9.9.9.9").status_code == 200


@pytest.mark.django_db
def test_clicks_are_limited_too(client, clock):
    with translation.override("en"):
        address = reverse("search:clicked")
    answers = [client.post(address, {}, **BY) for _ in range(CLICKS.number + 1)]
    assert [answers[-2].status_code, answers[-1].status_code] == [204, 429]
    assert answers[-1].content == b""
