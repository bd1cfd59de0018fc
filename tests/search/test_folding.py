import pytest

from search.folding import fold, fold_with_offsets, han_forms, in_other_kana, written_in


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café CAFE", "cafe cafe"),
        ("Cafe\u0301", "cafe"),
        ("ＡＢＣ１２３", "abc123"),
        ("ｶﾞｽﾊﾞｲｵ", "ガスバイオ"),
        ("が\u3099か\u3099", "が\u3099が"),
        ("環境與發展", "环境与发展"),
        ("环境与发展", "环境与发展"),
        ("한국", "한국"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("ß", "ss"),
        ("Østerbro, Łódź, Đà Nẵng, Diyarbakır, Ǿ, Ærø", "osterbro, lodz, da nang, diyarbakir, o, aero"),
        ("수\u200b원 bio\u00addiversity", "수원 biodiversity"),
        ("e\u200d\u0301 \u1112\u200b\u1161\u11ab", "e 한"),
        ("渡邉\U000e0100", "渡边"),
        ("", ""),
    ],
)
def test_fold_unites_what_reads_the_same(text, folded):
    assert fold(text) == folded


def test_offsets_point_at_the_original_character():
    folded, offsets = fold_with_offsets("ﬁne Cafe\u0301 ｶﾞｽ 環")
    assert folded == "fine cafe ガス 环"
    assert offsets == [0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 14]
    assert len(folded) == len(offsets)


def test_offsets_pass_over_what_is_not_seen():
    folded, offsets = fold_with_offsets("\u200b수\u200b원 bi\u00ado Æ邉\U000e0100市")
    assert folded == "수원 bio ae边市"
    assert offsets == [1, 3, 4, 5, 6, 8, 9, 10, 10, 11, 13]


@pytest.mark.parametrize(
    "text",
    [
        "수\u200b\u1112\u200b\u1161\u11ab",
        "\u200b\u0301e\ufe0f\u0301",
        "\u1112\u1161\u11ab국의",
        "e\u0301\u0301x",
        "ﾊﾟﾊﾟ",
        "👩‍👩‍👧 環境",
        "㍿ﬀ",
    ],
)
def test_folding_by_pieces_equals_folding_at_once(text):
    assert fold_with_offsets(text)[0] == fold(text)


def test_table_maps_single_characters_only_and_settles():
    table = han_forms()
    assert table["國"] == "国"
    assert all(len(before) == len(after) == 1 for before, after in table.items())
    assert len(table) > 3000
    assert [after for after in table.values() if table.get(after, after) != after and after != "乾"] == []


def test_traditional_simplified_and_japanese_forms_meet():
    assert fold("生物多樣性") == fold("生物多样性") == fold("生物多様性")
    assert fold("氣候變化對經濟") == fold("气候变化对经济") == fold("気候変化対経済")


@pytest.mark.parametrize(
    ("kept", "usual"),
    [
        ("髙島", "高島"), ("山﨑", "山崎"), ("渡邉", "渡辺"), ("中嶋", "中島"), ("冨士", "富士"), ("橫濱", "横浜"),
        ("神戶", "神戸"), ("故郷", "故鄉"), ("𠮷野", "吉野"), ("靑森", "青森"), ("金澤", "金沢"), ("国際", "國際"),
    ],
)  # fmt: skip
def test_forms_that_names_keep_meet_the_usual_ones(kept, usual):
    assert fold(kept) == fold(usual)


def test_simplified_words_stay_as_dictionaries_know_them():
    for word in ("研究", "概况", "翻译", "谨慎", "花瓶", "并且", "欠缺"):
        assert fold(word) == word


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("生物多様性", "zh-hant", "生物多樣性"),
        ("生物多様性", "zh-hans", "生物多样性"),
        ("生物多樣性", "zh-hans", "生物多样性"),
        ("台北", "zh-hant", "台北"),
        ("生物多様性", "ja", "生物多様性"),
        ("수원 COP 12", "ko", "수원 COP 12"),
    ],
)
def test_text_is_written_as_its_reader_writes(text, language, written):
    assert written_in(text, language) == written


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("ゴミ", "ごみ"),
        ("さーばー", "サーバー"),
        ("ｺﾞﾐ", "ごみ"),
        ("2027 ゴミ収集", "2027 ごみ収集"),
        ("ゴミを分ける", ""),
        ("水", ""),
        ("Suwon", ""),
    ],
)
def test_words_in_one_kana_are_written_in_the_other(text, other):
    assert in_other_kana(text) == other
