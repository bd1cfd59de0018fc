"""What nobody types on purpose, and what some do: strategies of hypothesis for questions and query strings."""

import os
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cms.languages import CODES

# FUZZ_EXAMPLES=2000 looks longer, for other examples each time; without it the same few are tried by everyone.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
FUZZ = settings(
    max_examples=EXAMPLES or 30,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    # The site and the index of a test are made once; no example changes them.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

WORDS = (
    "rivers", "cities", "biodiversity", "nrg4SD", "COP 12", "Suwon", "水原", "수원", "생물다양성", "도시의",
    "生物多样性", "生物多樣性", "環境保護", "城市", "都市における", "せいぶつ", "ﾊﾞｲｵﾏｽ", "ㅅㅜㅇㅝㄴ", "tndnjs", "café",
    "ไทย", "العربية",
)  # fmt: skip
OPERATORS = (
    '"', "'", "`", "*", "(", ")", "((((", "[", "]", "{", "}", "{}[]", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)",
    "NEAR/2",
    "^4", "^", "~", "~2", "+", "-", "--", "!", "?", ":", ";", "\\", "/", "/.*/", "/(a+)+$/", "&&", "||", "|", "<", ">",
    "<=1", "[* TO *]", "title:", "title:rivers", "_exists_:title", "*:*", "{title body}:", "bm25(terms)", "rank",
    "MATCH", "' OR 1=1 --", "; DROP TABLE build", "%", "_", "%s", "%00", "${7*7}", "{{7*7}}", "<script>", "</title>",
    "&amp;", "//", "../..", "a*b*c*", "*****", "????", '""', '"a', "a\"b", "^^", "1e309", "NaN", "-0",
)  # fmt: skip
CHARACTERS = (
    "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a",
    "\u202e", "\u2066", "\u2069", "\u2060", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\ue000", "\ue001", "\U000e0001",
    "\U0010ffff", "\ud800", "\udfff", "\ud83d", "\u0301", "\u0301" * 60, "\u20dd", "\u3099", "\ufe0f", "\u1112\u1161",
    "\u1160", "\u11ff", "\uff9e", "\u3164", "\u115f", "ﷺ", "İ", "ı", "ß", "ẞ", "ﬀ", "ŉ", "ΐ", "㍿", "㋿", "𠮷", "𩸽",
    "👩‍👩‍👧‍👦", "🇰🇷", "👍🏽", "١٢٣", "²", "Ⅷ", "①", "　", "｜", "＂", "＊", "（",
)  # fmt: skip

languages = st.sampled_from(CODES)
anything = st.text(st.characters(exclude_categories=()), max_size=40)
pieces = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(OPERATORS), st.sampled_from(CHARACTERS), anything,
    st.integers(min_value=-(10**30), max_value=10**30).map(str), st.just(" "),
)  # fmt: skip
_short = st.builds(str.join, st.sampled_from(["", " ", " OR ", '" "', "\u200d", "-"]), st.lists(pieces, max_size=12))
# The whole alphabet of terms, or one piece a hundred thousand times.
_long = st.builds(lambda text, size: (text * size)[:100_000], _short, st.sampled_from([50, 1_000, 50_000]))
_many = st.integers(30, 20_000).map(lambda number: " ".join(f"w{n}" for n in range(number)))
questions = st.one_of(_short, _short, _long, _many)

NAMES = ("q", "page", "in", "type", "theme", "country", "year", "language", "status", "time", "sort", "csrf", "export")
_values = st.one_of(
    st.sampled_from(
        ["", "-1", "0", "1", "2", "100", "101", "1000000000", "9" * 400, "1.5", "²", "case", "news", "other", "en",
         "ko",
         "zh-hant", "KR", "JP", "2014", "open", "past", "date", "deadline", "relevance", "water", "secret"]
    ),
    pieces,
)  # fmt: skip
_parameter = st.tuples(st.sampled_from(NAMES), _values)
_repeated = st.builds(lambda pair, times: [pair] * times, _parameter, st.sampled_from([2, 3, 200]))
_distinct = st.sampled_from(NAMES).map(lambda name: [(name, f"{name}-{number}") for number in range(200)])
_junk = st.sampled_from(
    [
        "%",
        "%%%",
        "%zz",
        "%ff%fe",
        "%c0%80",
        "%ed%a0%80",
        "%f4%90%80%80",
        "q",
        "q=",
        "=",
        "&&&",
        "q[]=1",
        "q=%e4%b8",
        "+",
        ";",
    ]
)


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


query_strings = st.builds(
    lambda question, lists, junk: "&".join([_encoded([("q", question)]), *map(_encoded, lists), *junk]),
    questions,
    st.lists(st.one_of(st.lists(_parameter, max_size=4), _repeated, _distinct), max_size=3),
    st.lists(_junk, max_size=2),
)
