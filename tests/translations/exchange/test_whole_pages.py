"""Any story that an editor can write goes out to a file and comes back as it was, through the database."""

import re
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.translations.exchange.conftest import texts_of
from tests.translations.exchange.samples import WORDS
from tests.translations.trees import add_page
from translations.catalog import translate_page
from translations.exchange import importing
from translations.exchange.archive import WRITERS
from translations.exchange.collect import collect
from translations.exchange.plan import Options
from translations.exchange.selection import by_uuid
from translations.writing import NewText, write_texts

# gettext's files and XML know no control characters; a field of one line holds no others either.
LINES = WORDS.map(lambda words: re.sub(r"[\0-\x1f\x7f-\x9f\u2028\ufffe\uffff]", " ", words).strip()).filter(bool)
ATOMS = st.tuples(st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>", '<a href="https://example.org/">{}</a>']), LINES)
INLINE = st.lists(ATOMS, min_size=1, max_size=4).map(lambda atoms: " ".join(e.format(escape(w)) for e, w in atoms))
RICH = st.lists(st.tuples(st.sampled_from(["<p>{}</p>", "<ul><li>{}</li></ul>"]), INLINE), min_size=1, max_size=3).map(
    lambda elements: RichText("".join(element.replace("{}", inner) for element, inner in elements))
)
# The form of a block stores every part of it, a picture that is not there too.
PERSON = st.fixed_dictionaries({"name": LINES, "role": LINES, "affiliation": LINES, "portrait": st.none()})
STORIES = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), LINES),
        st.tuples(st.just("paragraph"), RICH),
        st.tuples(st.just("quote"), st.fixed_dictionaries({"text": LINES, "name": LINES, "role": LINES})),
        st.tuples(st.just("milestone"), st.fixed_dictionaries({"when": LINES, "title": LINES, "text": RICH})),
        st.tuples(st.just("person"), PERSON),
    ),
    min_size=1,
    max_size=4,
)


def translated(home, story) -> Translation:
    """A page with a story, and every one of its texts in Korean: its own words after one more."""
    page = add_page(home, "Water", "water")
    page.body = story
    page.save_revision().publish()
    translate_page(page, "ko", {"Water": "물"}, publish=False)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    rows = StringSegment.objects.filter(source=translation.source).select_related("string")
    texts = [NewText(row.string_id, row.context_id, f"번역 {row.string.data}") for row in rows]
    write_texts(translation, texts, user=None, means="typed")
    return translation


@pytest.mark.parametrize("file_format", sorted(WRITERS))
def test_every_story_comes_back_as_it_went(home, user, file_format):
    write, extension, _content_type = WRITERS[file_format]

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STORIES)
    def go_and_come_back(story):
        with transaction.atomic():
            translation = translated(home, story)
            went = texts_of(translation)
            file = write(collect(by_uuid([str(translation.uuid)])[str(translation.uuid)]))
            StringTranslation.objects.all().delete()
            record = importing.begin(SimpleUploadedFile(f"water.{extension}", file), user)
            plan = importing.plan_of(record)
            importing.carry_out(record, Options(), plan.digest)
            assert texts_of(translation) == went
            transaction.set_rollback(True)

    go_and_come_back()
