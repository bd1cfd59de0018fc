import pytest

from search.decoding import decode

KOREAN = "수원시는 복개했던 하천을 다시 열고 시민과 함께 물길을 돌본다."
JAPANESE = "水原市は暗渠にした川をふたたび開き、市民とともに守っている。"
TRADITIONAL = "水原市重新打開加蓋的河川，與市民一同照顧水道。"
SIMPLIFIED = "水原市重新打开加盖的河流，与市民一同照顾水道。"
WESTERN = "Freiburg im Breisgau – café, naïve, “Grüne Stadt”."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (TRADITIONAL, "big5"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (WESTERN, "cp1252"),
        *((text, "utf-8") for text in (KOREAN, JAPANESE, TRADITIONAL, SIMPLIFIED, WESTERN, "ASCII")),
        *((f"{text} 2014\n", "utf-16-le") for text in (KOREAN, JAPANESE, TRADITIONAL, SIMPLIFIED, WESTERN)),
        *((f"{text} 2014\n", "utf-16-be") for text in (KOREAN, JAPANESE, TRADITIONAL, SIMPLIFIED, WESTERN)),
        *((text, encoding) for text in (KOREAN, SIMPLIFIED) for encoding in ("utf-8-sig", "utf-16", "utf-32")),
        ("", "utf-8"),
    ],
)
def test_text_is_read_as_it_was_written(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_text_cut_inside_a_character_keeps_its_encoding():
    assert decode(KOREAN.encode("utf-8")[:-2]).startswith(KOREAN[:-2])
    assert decode(KOREAN.encode("cp949")[:-2]).startswith(KOREAN[:-3])


def test_bytes_that_are_no_text_do_no_harm():
    assert decode(bytes(range(256)) * 10)
