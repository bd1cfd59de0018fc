"""Made-up texts in five languages: the same for the same seed, with words as rare and as frequent as in a language."""

import datetime
import random
from collections.abc import Iterator

from cms.languages import CODES
from search.documents import PageDocument

ENGLISH = "wa ter ri ver ci ty gar den so lar ener gy cli mate bio di ver trans port air qua li green urban"
SYLLABLES = {
    "en": ENGLISH.split(),
    "ko": list("하천도시환경생물다양성기후에너지교통공원녹지수질대기보전시민참여"),
    "ja": list("都市環境生物多様性気候水質緑地河川交通大気保全市民参加のをにで"),
    "zh-hant": list("城市環境生物多樣性氣候水質綠地河川交通大氣保育市民參與的在和"),
    "zh-hans": list("城市环境生物多样性气候水质绿地河川交通大气保育市民参与的在和"),
}
SPACED = frozenset({"en", "ko"})
VOCABULARY = 4000
KINDS = ("case", "news", "partner", "event", "call", "page")
COUNTRIES = ("KR", "JP", "TW", "CN", "DE", "FR", "BR", "ZA", "CA", "IN")


class Writer:
    """Writes texts of one language. Word number n is met 1/n as often as the first: Zipf's law."""

    def __init__(self, language: str, seed: int) -> None:
        self.random = random.Random(f"{language}-{seed}")
        self.joint = " " if language in SPACED else ""
        syllables = SYLLABLES[language]
        words = {"".join(self.random.choices(syllables, k=self.random.randint(2, 4))) for _ in range(2 * VOCABULARY)}
        self.words = sorted(words)[:VOCABULARY]
        self.random.shuffle(self.words)
        self.weights = [1 / (rank + 1) for rank in range(len(self.words))]

    def text(self, words: int) -> str:
        """Return so many words."""
        return self.joint.join(self.random.choices(self.words, self.weights, k=words))

    def questions(self, number: int) -> list[str]:
        """Return so many questions of one to three words that are neither the rarest nor the most frequent."""
        middle = self.words[20:600]
        return [self.joint.join(self.random.choices(middle, k=self.random.randint(1, 3))) for _ in range(number)]


def documents(number: int, *, seed: int = 1) -> Iterator[PageDocument]:
    """Yield ``number`` documents, the five languages in turn, each group of five being translations of each other."""
    writers = {code: Writer(code, seed) for code in CODES}
    facts = random.Random(seed)
    for group in range((number + len(CODES) - 1) // len(CODES)):
        titles = {code: writers[code].text(6) for code in CODES}
        kind, country = facts.choice(KINDS), facts.choice(COUNTRIES)
        day = datetime.date(2010, 1, 1) + datetime.timedelta(days=facts.randrange(6000))
        for place, code in enumerate(CODES):
            if group * len(CODES) + place >= number:
                return
            # A third of the pages is in the first language only, as on any site.
            alone = group % 3 == 0
            yield PageDocument(
                page_id=group * len(CODES) + place + 1,
                language=code,
                translation_key=f"{group}-{code}" if alone else str(group),
                languages=(code,) if alone else CODES,
                kind=kind,
                url=f"/{code}/page-{group}/",
                title=titles[code],
                summary=writers[code].text(25),
                body=writers[code].text(200),
                names=(titles[code],) if alone else tuple(titles.values()),
                titles=() if alone else tuple(title for other, title in titles.items() if other != code),
                country=country,
                date=day,
            )
