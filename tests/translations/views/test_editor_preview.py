from wagtail_localize.models import StringSegment

from translations.writing import write_text


def test_preview_shows_unpublished_texts_in_a_frame_of_this_site(call, translation, segment):
    write_text(translation, StringSegment.objects.get(pk=segment("Rain").pk), "안개비", user=None)
    response = call("preview")
    assert "안개비" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_preview_hides_the_bar_that_would_lie_over_its_texts(call):
    assert '<aside hidden aria-labelledby="wagtail-userbar-trigger">' in call("preview").content.decode()


def test_stranger_sees_no_preview(call, stranger):
    assert call("preview", client=stranger).status_code == 403


def test_unknown_mode_is_not_found(call):
    assert call("preview", "other").status_code == 404
