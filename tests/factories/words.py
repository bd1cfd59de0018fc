"""A title, a sentence and a word inside that sentence, in each language."""

from typing import NamedTuple


class Words(NamedTuple):
    """What a test page says. ``word`` occurs inside ``sentence`` and not in ``title``."""

    title: str
    sentence: str
    word: str


WORDS: dict[str, Words] = {
    "en": Words(
        "Rain gardens of the eastern district",
        "Every street of the district now holds its rain, and local biodiversity has returned to the ponds.",
        "biodiversity",
    ),
    "zh-hant": Words("東區的雨水花園", "街道如今能留住雨水，當地的生物多樣性也逐步回到池塘之中。", "生物多樣性"),
    "ko": Words(
        "동부 지구의 빗물정원",
        "거리마다 빗물을 머금게 되었고 지역의 생물다양성이 연못으로 되돌아왔습니다.",
        "생물다양성",
    ),
    "ja": Words(
        "東地区の雨庭", "街路は雨水をたくわえるようになり、地域の生物多様性が池によみがえりました。", "生物多様性"
    ),
    "zh-hans": Words("东区的雨水花园", "街道如今能留住雨水，当地的生物多样性也逐步回到池塘之中。", "生物多样性"),
}
