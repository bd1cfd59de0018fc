"""Korean particles, which follow a noun without a space: 도시의, 도시에서 and 도시 ask for the same."""

import re

# Longest first.
_PARTICLES = re.compile(
    "(?:에서는|으로서|에서|에게|으로|까지|부터|이나|이란|에는|에도|로서|은|는|이|가|을|를|의|에|로|와|과|도|만|나|란)$"
)
_HANGUL = re.compile("[\uac00-\ud7a3]+")


def without_particle(word: str) -> str:
    """Return a word of Hangul without its particle, if at least two syllables remain; other words as they are.

    >>> without_particle("도시의"), without_particle("나의"), without_particle("city")
    ('도시', '나의', 'city')
    """
    particle = _PARTICLES.search(word, 2)
    return word[: particle.start()] if particle and _HANGUL.fullmatch(word) else word
