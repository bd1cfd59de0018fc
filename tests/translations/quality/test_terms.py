"""Checks by the glossary."""

import pytest

from tests.translations.glossary.terms import make_term
from translations.glossary import glossary_changed
from translations.models import GlossaryTerm
from translations.quality import check

pytestmark = pytest.mark.django_db


def found(source: str, text: str, language: str) -> list[tuple[str, str, str]]:
    return [
        (problem.code, problem.severity, problem.detail)
        for problem in check(source, text, "en", language)
        if problem.code.startswith("term_")
    ]


@pytest.fixture
def resilience():
    return make_term(
        {"en": "resilience", "zh-hant": "韌性", "ko": "회복력", "ja": "レジリエンス", "zh-hans": "韧性"},
        admitted={"ko": ["회복 탄력성"]},
        forbidden={"zh-hant": ["彈性"], "zh-hans": ["弹性"]},
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("도시의 회복력을", "ko"),
        ("회복탄력성", "ko"),
        ("都市的韌性", "zh-hant"),
        ("城市韧性", "zh-hans"),
        ("都市のﾚｼﾞﾘｴﾝｽ", "ja"),
        ("<b>韌</b>性", "zh-hant"),
    ],
)
def test_term_in_any_of_its_wordings_is_fine(resilience, text, language):
    assert found("Urban resilience", text, language) == []


def test_missing_term_is_a_warning(resilience):
    assert found("Urban resilience", "도시의 탄력", "ko") == [("term_missing", "warning", "resilience → 회복력")]


def test_forbidden_word_is_a_warning(resilience):
    assert found("Urban resilience", "城市韌性與彈性", "zh-hant") == [("term_forbidden", "warning", "彈性 → 韌性")]


def test_forbidden_word_is_fine_where_the_source_means_something_else(resilience):
    assert found("Flexible hours", "彈性工時", "zh-hant") == []


def test_word_that_is_another_concepts_term_is_not_forbidden(resilience):
    make_term({"en": "elasticity", "ja": "弾力性"})
    GlossaryTerm.objects.get(pk=resilience.pk).wordings.create(
        language="ja", text="弾力性", key="弾力性-2", status="forbidden"
    )
    assert found("resilience and elasticity", "レジリエンスと弾力性", "ja") == []


def test_language_without_a_term_has_nothing_to_miss():
    make_term({"en": "wetland", "ko": "습지"})
    assert found("Wetlands", "湿地", "ja") == []


def test_what_stays_as_it_is_has_to_stay():
    make_term({"en": "Green Climate Fund", "ja": "緑の気候基金"})
    GlossaryTerm.objects.update(do_not_translate=True)
    glossary_changed()
    assert found("The Green Climate Fund", "녹색기후기금", "ko") == [("term_altered", "error", "Green Climate Fund")]
    assert found("The Green Climate Fund", "green climate fund는", "ko") == []
    assert found("The Green Climate Fund", "緑の気候基金", "ja") == []


def test_terms_cost_no_query_in_a_warm_process(resilience, django_assert_num_queries):
    found("Urban resilience", "도시의 탄력", "ko")
    with django_assert_num_queries(0):
        found("Urban resilience", "도시의 탄력", "ko")
