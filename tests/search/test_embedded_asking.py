import pytest

from search.backends.base import Put, SearchRequest
from search.backends.embedded import EmbeddedBackend
from tests.search.backend_contract import document

# Words that no page has, and texts that have their syllables.
TEXTS = {
    "en": ("What has been found in the city, searched and known", "Smart phones are out; card games and blocks are in"),
    "ko": (
        "시장은 스마트 도시에서 아이들과 함께 디스크를 나누었다",
        "냉방과 장고, 지하수와 철도, 세탁과 기계, 인공 호수와 지능",
        "자동 문과 판매, 놀이와 터전, 전화와 기계, 축구와 선수, 암호와 화폐",
    ),
    "ja": (
        "スマートな町、プラットフォーム、フォーラム、コンビニのセンター、ニュース",
        "ポーランドとフィンランドのランチ、ディスクとズボン、ニーズとティー、コミック、ユニット",
        "販売と自転車、通貨の仮説、外科の心、量の子、テレビとゲート、386億ウォン、キャンプ",
        "おもに町で、まわりの人、くるくる回るいす",
    ),
    "zh-hant": (
        "技術與區域，智能與人工作業",
        "世界的足跡，電力與腦力，手工與機器，冰水與木箱",
        "股份與票券，市政與場地，演出與唱歌",
    ),
    "zh-hans": (
        "技术与区域，智能与人工作业",
        "世界的足迹，电力与脑力，手工与机器，冰水与木箱",
        "股份与票券，市政与场地，演出与唱歌",
    ),
}
ABSENT = {
    "en": "bees bee snowfall blockchain phonetic citizen knot harbour inland refrigerator whale volcano opera gamer "
    "searchlight smartphone seas foundry knock",
    "ko": "스마트폰 냉장고 지하철 세탁기 인공지능학회 아이스크림 주식시장 놀이터 전화기 축구장 자동판매기 암호화폐학 "
    "도시락 장고지 판매원 호수돈 선수촌 지하실 디스코장 기계체조",
    "ja": "スマートフォン 量子コンピューター ディズニーランド コミュニティ スウォン テレビゲーム 自動販売機 仮想通貨 "
    "心臓外科 おもちゃ ひまわり くるまいす フォークランド コンセント ユニバース キャンディー プラスチック "
    "ニューヨーク ランドセル ポーチ",
    "zh-hant": "區塊鏈技術 人工智慧 足球世界盃 電腦 手機 冰箱 股票市場 演唱會 智能手機 市場調查 電機工程 世界盃 "
    "工業區 木工機 票房 歌手 唱片 腦電波 技術員 人工湖",
    "zh-hans": "区块链技术 人工智慧 足球世界杯 电脑 手机 冰箱 股票市场 演唱会 智能手机 市场调查 电机工程 世界杯 "
    "工业区 木工机 票房 歌手 唱片 脑电波 技术员 人工湖",
}  # fmt: skip


@pytest.fixture
def backend(tmp_path):
    backend = EmbeddedBackend(tmp_path / "search.sqlite3")
    backend.prepare()
    return backend


def write(backend, language, *texts):
    backend.apply([Put(document(number, language, "…", body=text), 1) for number, text in enumerate(texts, 1)])


def found(backend, query, language):
    return sorted(hit.page_id for hit in backend.search(SearchRequest(query, language)).own.hits)


@pytest.mark.parametrize("language", TEXTS)
def test_word_that_no_page_has_finds_nothing(backend, language):
    write(backend, language, *TEXTS[language])
    assert [word for word in ABSENT[language].split() if found(backend, word, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("ko", "청계천을 되살렸다", "청계천복원사업"),
        ("ko", "화폐학을 배운다", "화폐하"),
        ("ko", "생물다양성을 지킨다", "생물다양성협약"),
        ("ja", "新しいサーバーを置いた", "サーバーの電源"),
        ("ja", "コンピュータを習う", "コンピューター"),
        ("ja", "鎌倉時代の寺", "鎌倉のスマートフォン"),
        ("zh-hant", "垃圾要分類", "垃圾分類"),
        ("zh-hans", "坡鹿住在海南", "坡鹿又叫什么？"),
        ("zh-hans", "城市的生物多样性", "生物多样性保护"),
    ],
)
def test_page_with_a_word_of_the_question_or_most_of_one_is_found(backend, language, text, query):
    write(backend, language, text, "1234")
    assert found(backend, query, language) == [1]


def test_word_is_unfinished_only_where_something_is_called_what_it_begins(backend):
    titles = ("Rivers", "Sea", "Search", "Copenhagen", "…")
    bodies = ("A riverbank.", "", "", "", "A riverine, copied copse.")
    backend.apply(
        [
            Put(document(number, title=title, body=body), 1)
            for number, (title, body) in enumerate(zip(titles, bodies, strict=True), 1)
        ]
    )
    assert found(backend, "rive", "en") == [1, 5]
    assert [hit.page_id for hit in backend.search(SearchRequest("sea", "en")).own.hits] == [2, 3]
    backend.apply([Put(document(6, "ko", "덴마크의 수도", names=("Copenhagen",)), 1)])
    assert found(backend, "copen", "ko") == [6]
    assert found(backend, "COP", "ko") == []


def test_rows_of_a_guess_say_what_they_are_for(backend):
    write(backend, "en", "…")
    backend.apply([Put(document(2, title="Clean rivers"), 1)])
    guessed, typed = (backend.search(SearchRequest(query, "en")) for query in ("rivres", "rivers"))
    assert (guessed.own.total, guessed.instead, typed.own.total, typed.instead) == (1, "rivers", 1, "")
    assert backend.search(SearchRequest("rivres", "en", page=2)).instead == "rivers"


def test_nothing_is_guessed_where_another_language_has_what_was_typed(backend):
    backend.apply([Put(document(1, title="Clean rivers"), 1), Put(document(2, "ko", "…", body="rivres"), 1)])
    results = backend.search(SearchRequest("rivres", "en"))
    assert (results.own.total, results.instead, results.other.total) == (0, "", 1)


def test_page_that_says_one_word_otherwise_stands_below_those_with_all(backend):
    backend.apply(
        [
            Put(document(1, title="A stream comes back to light in Seoul"), 1),
            Put(document(2, title="Seoul", body="The stream was restored."), 1),
            Put(document(3, title="Seoul saves energy"), 1),
            *(Put(document(number, title=f"Page {number}", body="A town by the sea."), 1) for number in range(4, 9)),
        ]
    )
    hits = backend.search(SearchRequest("stream restored in Seoul", "en")).own.hits
    assert {hit.page_id for hit in hits} == {1, 2}


def test_pages_with_a_part_are_not_sought_where_there_are_enough(backend):
    pages = [document(number, title="Clean rivers") for number in range(1, 10)]
    others = [document(number, title="A town by the sea") for number in range(30, 60)]
    backend.apply([Put(page, 1) for page in (*pages, *others, document(11, title="Rivers"))])
    assert backend.search(SearchRequest("clean rivers", "en")).own.total == 10
    backend.apply([Put(document(10, title="Clean rivers"), 1)])
    assert backend.search(SearchRequest("clean rivers", "en")).own.total == 10
