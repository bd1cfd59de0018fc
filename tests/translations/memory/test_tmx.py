"""The memory as TMX: out and back without loss, and a clear word on every file that is none."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from translate.storage.tmx import tmxfile

from tests.translations.trees import make_locales
from translations.memory.tmx import TmxError, read_tmx, write_tmx
from translations.models import MemoryGram, MemoryUnit

pytestmark = pytest.mark.django_db


def tmx(*units: str, head: str = "", srclang: str = "en") -> bytes:
    header = f'<header srclang="{srclang}" creationtool="x"/>'
    return f'<?xml version="1.0"?>{head}<tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'.encode()


def unit(**variants: str) -> str:
    texts = (f'<tuv xml:lang="{code.replace("_", "-")}"><seg>{text}</seg></tuv>' for code, text in variants.items())
    return f"<tu>{''.join(texts)}</tu>"


@pytest.fixture
def locales(db):
    return make_locales()


def stored() -> list[tuple[str, str, str]]:
    rows = MemoryUnit.objects.order_by("pk").values_list("string__data", "locale__language_code", "text")
    return list(rows)


def test_units_come_in_with_their_markup(locales):
    code = '<bpt i="1">&lt;b&gt;</bpt>%s<ept i="1">&lt;/b&gt;</ept>'
    done = read_tmx(tmx(unit(en=f"{code % 'Water'} &amp; air", ko=f"{code % '물'}과 공기")), origin="a.tmx")
    assert (done.added, done.known, done.elsewhere, done.problems) == (1, 0, 0, [])
    assert stored() == [("<b>Water</b> &amp; air", "ko", "<b>물</b>과 공기")]
    assert MemoryGram.objects.exists()


def test_codes_of_other_tools_are_left_out_and_their_words_stay(locales):
    foreign = '<bpt i="1">{\\b </bpt>%s<ept i="1">}</ept> <hi>%s</hi><ph>&lt;img src="x"&gt;</ph>'
    read_tmx(tmx(unit(en=foreign % ("Water", "now"), ko=foreign % ("물", "지금"))), origin="a.tmx")
    assert stored() == [("Water now", "ko", "물 지금")]


def test_regions_are_our_languages_and_others_are_counted(locales):
    done = read_tmx(
        tmx(unit(en_GB="Water", zh_TW="水", zh_CN="水", zh_Hant_HK="水資源", ja_JP="水", fr="eau", zh="水")),
        origin="a.tmx",
    )
    assert (done.added, done.elsewhere) == (3, 2)
    assert {(code, text) for _, code, text in stored()} == {("zh-hant", "水資源"), ("zh-hans", "水"), ("ja", "水")}


def test_known_translations_are_not_added_twice(locales):
    data = tmx(unit(en="Water", ko="물"))
    read_tmx(data, origin="a.tmx")
    done = read_tmx(data, origin="b.tmx")
    assert (done.added, done.known, MemoryUnit.objects.count()) == (0, 1, 1)


def test_units_that_cannot_be_used_are_named(locales):
    done = read_tmx(tmx(unit(ko="물"), unit(en="Water", ko=" "), unit(en="Rain", ko="비")), origin="a.tmx")
    assert (done.added, done.problems) == (1, [(1, "The unit has no English source."), (2, "The unit is empty.")])


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file cannot be read as XML: line 1."),
        (b"<tmx><body><tu>", "The file cannot be read as XML: line 1."),
        (b"<xliff><header/><file/></xliff>", "The file is not TMX."),
        (tmx(unit(en="&b;", ko="&b;"), head=BOMB), "The file defines entities, which are not accepted."),
    ],
)
def test_file_that_is_no_memory_is_refused(locales, data, message):
    with pytest.raises(TmxError) as refused:
        read_tmx(data, origin="a.tmx")
    assert (str(refused.value), stored()) == (message, [])


def test_file_above_the_limit_is_refused_unread(locales, monkeypatch):
    monkeypatch.setattr("translations.memory.tmx.LARGEST", 2**20)
    with pytest.raises(TmxError, match="larger than 1 MB"):
        read_tmx(b" " * (2**20 + 1), origin="a.tmx")


def test_external_dtd_is_not_fetched(locales):
    data = tmx(unit(en="Water", ko="물"), head='<!DOCTYPE tmx SYSTEM "http://example.org/tmx14.dtd">')
    assert read_tmx(data, origin="a.tmx").added == 1


def test_export_has_what_people_translated_and_comes_back_without_loss(korean):
    data = write_tmx("ko")
    file = tmxfile.parsestring(data)
    assert {one.source for one in file.units} >= {"Water", "Rain"}
    assert b'<bpt i="1">&lt;b&gt;</bpt>' in data
    done = read_tmx(data, origin="a.tmx")
    assert (done.added, done.known, done.problems) == (0, len(file.units), [])
    MemoryUnit.objects.all().delete()


def test_hundreds_of_units_take_few_queries(locales, django_assert_max_num_queries):
    data = tmx(*(unit(en=f"Water {number}", ko=f"물 {number}") for number in range(400)))
    with django_assert_max_num_queries(25):
        assert read_tmx(data, origin="a.tmx").added == 400


@pytest.fixture
def client_of(client, django_user_model):
    def login(*rights: str):
        user = django_user_model.objects.create_user("mina")
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
        client.force_login(user)
        return client

    return login


def test_coordinator_imports_and_exports(locales, client_of):
    coordinator = client_of("submit_translation")
    file = SimpleUploadedFile("old.tmx", tmx(unit(en="Water", ko="물"), unit(ko="비")))
    answer = coordinator.post(reverse("translations_memory"), {"file": file})
    assert "The unit has no English source." in answer.content.decode()
    assert [row.origin for row in MemoryUnit.objects.all()] == ["old.tmx"]
    exported = coordinator.get(reverse("translations_memory_export", args=["ko"]))
    assert (exported.status_code, "물" in exported.content.decode()) == (200, True)
    assert coordinator.get(reverse("translations_memory_export", args=["fr"])).status_code == 404
    broken = coordinator.post(reverse("translations_memory"), {"file": SimpleUploadedFile("x.tmx", b"<tmx>")})
    assert "cannot be read as XML" in broken.content.decode()


@pytest.mark.parametrize("name", ["translations_memory", "translations_memory_export"])
def test_translators_cannot_take_the_memory_away(locales, client_of, name):
    arguments = ["ko"] if name.endswith("export") else []
    assert client_of().get(reverse(name, args=arguments)).status_code == 302
