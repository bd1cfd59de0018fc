"""Which language of the site a tag of another program means."""

import pytest

from cms.languages import LANGUAGES, code_of_tag


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *((language.tag, language.code) for language in LANGUAGES),
        ("en-GB", "en"),
        ("KO_kr", "ko"),
        ("zh-TW", "zh-hant"),
        ("zh_HK", "zh-hant"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-SG", "zh-hans"),
        ("zh", ""),
        ("fr", ""),
        ("", ""),
    ],
)
def test_tags_are_understood(tag, code):
    assert code_of_tag(tag) == code
