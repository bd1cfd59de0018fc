"""What the memory offers a translator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from tests.translations.trees import add_page
from translations.catalog import translate_page
from translations.memory import suggest
from translations.memory.index import build
from translations.models import MemoryGram, MemoryUnit
from translations.segments import segments_of
from translations.writing import confirm_text, remove_text, write_text

PLAN = "The city protects its rivers and plants 300 trees along the banks every year"
KOREAN_PLAN = "도시는 강을 보호하고 해마다 강변에 나무 300그루를 심는다"


def translated(home, title: str, korean: str, slug: str = "known"):
    page = add_page(home, title, slug)
    translate_page(page, "ko", {title: korean})
    return page


def asked(home, title: str, slug: str = "asked", code: str = "ko") -> list[tuple[str, int, str]]:
    """What is offered for the title of a new page: text, score, origin."""
    page = add_page(home, title, slug)
    return offered(new_translation(page, code))


def new_translation(page, code: str = "ko") -> Translation:
    from wagtail_localize.models import TranslationSource  # noqa: PLC0415

    source, _ = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code=code))


def offered(translation) -> list[tuple[str, int, str]]:
    segments = [segment for segment in segments_of(translation) if segment.path == "title"]
    found = suggest(translation, segments)
    return [(one.text, one.score, one.origin) for segment in segments for one in found.get(segment.pk, ())]


def test_same_text_in_the_same_field_comes_with_101(home):
    translated(home, PLAN, KOREAN_PLAN)
    assert asked(home, PLAN) == [(KOREAN_PLAN, 101, PLAN)]


def test_same_text_in_another_field_comes_with_100(home):
    page = add_page(home, "Plans", "plans", body=f"<p>{PLAN}</p>")
    translate_page(page, "ko", {"Plans": "계획", PLAN: KOREAN_PLAN})
    assert asked(home, PLAN) == [(KOREAN_PLAN, 100, "Plans")]


def test_similar_text_comes_with_less(home):
    translated(home, PLAN, KOREAN_PLAN)
    [(text, score, origin)] = asked(home, PLAN.replace("protects", "restores"))
    assert (text, 85 <= score < 99, origin) == (KOREAN_PLAN, True, PLAN)


def test_same_text_with_another_number_comes_with_98_and_the_number(home):
    translated(home, PLAN, KOREAN_PLAN)
    assert asked(home, PLAN.replace("300", "1,200")) == [(KOREAN_PLAN.replace("300", "1,200"), 98, PLAN)]


def test_other_texts_are_not_offered(home):
    translated(home, PLAN, KOREAN_PLAN)
    assert asked(home, "Waste is collected on Monday") == []


def test_own_text_is_not_offered_but_the_same_elsewhere_is(home):
    page = translated(home, PLAN, KOREAN_PLAN)
    own = Translation.objects.get(source__object_id=page.translation_key)
    assert offered(own) == []
    translated(home, PLAN, KOREAN_PLAN, "again")
    assert [(text, score) for text, score, _ in offered(own)] == [(KOREAN_PLAN, 101)]


def test_only_the_same_pair_of_languages(home):
    translated(home, PLAN, KOREAN_PLAN)
    from tests.translations.trees import translate_home  # noqa: PLC0415

    translate_home(home, "ja")
    assert asked(home, PLAN, code="ja") == []


def test_what_was_withdrawn_or_is_broken_leaves_the_memory(home, django_user_model):
    page = translated(home, PLAN, KOREAN_PLAN)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.filter(data=KOREAN_PLAN).update(has_error=True)
    other = new_translation(add_page(home, PLAN, "asked"))
    assert offered(other) == []
    StringTranslation.objects.filter(data=KOREAN_PLAN).update(has_error=False)
    assert [score for _, score, _ in offered(other)] == [101]
    remove_text(translation, segment, user=None)
    assert offered(other) == []


def test_machine_text_is_offered_once_a_person_stands_for_it(home, django_user_model):
    page = translated(home, PLAN, KOREAN_PLAN)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    write_text(translation, segment, "기계", user=None, means="machine", detail="OpenCC")
    other = new_translation(add_page(home, PLAN, "asked"))
    assert offered(other) == []
    confirm_text(translation, segment, user=django_user_model.objects.create_user("mina"))
    assert [text for text, _, _ in offered(other)] == ["기계"]


def test_texts_written_now_are_found_now_and_old_ones_by_the_command(home):
    translated(home, PLAN, KOREAN_PLAN)
    similar = new_translation(add_page(home, PLAN.replace("rivers", "streams"), "asked"))
    assert [text for text, _, _ in offered(similar)] == [KOREAN_PLAN]
    MemoryGram.objects.all().delete()
    assert offered(similar) == []
    assert build() > 0
    assert [text for text, _, _ in offered(similar)] == [KOREAN_PLAN]
    assert build() == 0


def test_imported_text_is_offered_by_the_name_of_its_file(home):
    locale = Locale.objects.get(language_code="en")
    string = String.from_value(locale, StringValue.from_plaintext(PLAN))
    MemoryUnit.objects.create(
        string=string, locale=Locale.objects.get(language_code="ko"), text="수입", digest="x", origin="old.tmx",
        updated_at=timezone.now(),
    )  # fmt: skip
    build()
    assert asked(home, PLAN) == [("수입", 100, "old.tmx")]


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("城市保護河川並且每年種植樹木", "城市保護河川並且每年種植許多樹木"),
        ("都市は川を守り毎年木を植えます", "都市は川を守り毎年花を植えます"),
        ("도시는 강을 보호하고 나무를 심는다", "도시는 강을 보호하고 꽃을 심는다"),
    ],
)
def test_sources_without_spaces_are_found(home, known, new):
    translated(home, known, "번역")
    [(text, score, _)] = asked(home, new)
    assert (text, score >= 80) == ("번역", True)


def test_number_of_queries_does_not_grow(home):
    translated(home, PLAN, KOREAN_PLAN)
    counts = []
    for number, paragraphs in enumerate((1, 12)):
        body = "".join(f"<p>{PLAN.replace('300', str(place))} again</p>" for place in range(paragraphs))
        page = add_page(home, f"Page {number}", f"page-{number}", body=body)
        created = new_translation(page)
        translation = Translation.objects.select_related("source__specific_content_type").get(pk=created.pk)
        segments = segments_of(translation)
        with CaptureQueriesContext(connection) as queries:
            assert len(suggest(translation, segments)) >= paragraphs
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
