"""People find the official price with the words they have."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.rulebook import load
from shared.rulebook.prices import Found, PriceFinder
from shared.rulebook.spelling import Spelling, distance, words_of
from shared.rulebook.vocabulary import Need

RULEBOOK = load()
FINDER = PriceFinder(RULEBOOK)
NAMES = [name.name for name in RULEBOOK.wording.tariffs.values()]
ERRANDS = [
    word
    for service in RULEBOOK.services.values()
    for word in words_of(service.name)
    if len(word) >= 4
]


def services(found: Found) -> list[str]:
    return [hit.service.code for hit in found.hits]


def rows(found: Found) -> list[str]:
    return [tariff.id for tariff in found.hits[0].tariffs] if found.hits else []


@pytest.mark.parametrize(
    ("typed", "service", "first"),
    [
        ("buat ktp", "kependudukan", ["kependudukan-1"]),
        ("bikin KTP", "kependudukan", ["kependudukan-1"]),
        ("e-KTP ilang", "kependudukan", ["kependudukan-1"]),
        ("buatktp", "kependudukan", ["kependudukan-1"]),
        ("ktpnya berapa ya?", "kependudukan", ["kependudukan-1"]),
        ("akte lahir anak", "kependudukan", ["kependudukan-1"]),
        ("kartu keluarga", "kependudukan", ["kependudukan-1"]),
        ("biaya bikin sim a", "sim", ["sim-1"]),
        ("sim c", "sim", ["sim-3", "sim-6"]),
        ("sim c hilang", "sim", ["sim-3", "sim-6"]),
        ("simc mati", "sim", ["sim-6"]),
        ("perpanjng sim c", "sim", ["sim-6"]),
        ("smi c", "sim", ["sim-3", "sim-6"]),
        ("stkn motor", "stnk_bpkb", ["stnk_bpkb-1", "stnk_bpkb-3", "stnk_bpkb-5"]),
        ("balik nama motor", "stnk_bpkb", ["stnk_bpkb-5"]),
        ("paspor kilat", "imigrasi", ["imigrasi-5"]),
        ("nikah di rumah", "nikah_kua", ["nikah_kua-2"]),
        ("ptsl jawa barat", "pertanahan_ptsl", ["pertanahan_ptsl-5"]),
        ("uang komite", "pendidikan", ["pendidikan-2"]),
        ("seragam sekolah", "pendidikan", ["pendidikan-1"]),
        ("tilang", "lalu_lintas", []),
        ("imb", "izin_bangunan", []),
        ("jukir", "parkir", ["parkir-1"]),
        ("new passport", "imigrasi", ["imigrasi-1", "imigrasi-2", "imigrasi-3", "imigrasi-4"]),
        ("birth certificate", "kependudukan", ["kependudukan-1"]),
        ("berobat", "kesehatan", []),
        ("ijazah ditahan", "pendidikan", ["pendidikan-1"]),
        ("uang bangunan sekolah", "pendidikan", ["pendidikan-1", "pendidikan-2"]),
        ("mutasi motor", "stnk_bpkb", []),
        ("laporan kehilangan polisi", "penegakan_hukum", []),
        ("land certificate", "pertanahan", ["pertanahan-1", "pertanahan-2", "pertanahan-3"]),
        ("kitas", "imigrasi", []),
    ],
)
def test_what_people_type_is_found(typed: str, service: str, first: list[str]) -> None:
    found = FINDER.find(typed)

    assert services(found)[0] == service
    assert rows(found) == first


def test_a_child_s_passport_shows_every_passport() -> None:
    assert rows(FINDER.find("paspor anak")) == [f"imigrasi-{number}" for number in range(1, 6)]


@pytest.mark.parametrize("typed", ["uang pelicin", "uang plicin", "Uang Rokok", "pungli", "amplop"])
def test_the_name_of_a_bribe_is_no_service_but_is_recognised(typed: str) -> None:
    found = FINDER.find(typed)

    assert found.hits == ()
    assert len(found.money) == 1
    assert found.unanswered == ()


def test_a_broker_s_word_does_not_hide_the_errand() -> None:
    found = FINDER.find("nembak sim")

    assert found.money == ("nembak",)
    assert services(found) == ["sim"]


def test_a_word_no_row_is_about_is_named() -> None:
    assert FINDER.find("sim c hilang").unanswered == ("hilang",)
    assert FINDER.find("qwertyasdf").unanswered == ("qwertyasdf",)


def test_a_mistyped_word_is_told() -> None:
    assert FINDER.find("papsor").read_as == (("papsor", "paspor"),)


def test_selling_land_is_not_answered_with_a_first_registration() -> None:
    hits = {hit.service.code: hit.tariffs for hit in FINDER.find("balik nama").hits}

    assert [tariff.id for tariff in hits["stnk_bpkb"]] == ["stnk_bpkb-5", "stnk_bpkb-6"]
    assert hits["pertanahan"] == ()


def test_two_errands_in_one_question_are_both_answered() -> None:
    assert set(services(FINDER.find("ktp dan sim c"))) == {"kependudukan", "sim"}


@pytest.mark.parametrize("tariff", RULEBOOK.tariffs, ids=lambda one: one.id)
def test_every_row_is_found_by_its_own_name(tariff) -> None:  # type: ignore[no-untyped-def]
    found = FINDER.find(RULEBOOK.wording.tariffs[tariff.id].name)

    assert services(found)[0] == tariff.service
    assert tariff.id in rows(found)


@pytest.mark.parametrize("need", RULEBOOK.needs.values(), ids=lambda need: need.code)
def test_every_need_is_found_by_its_own_words(need: Need) -> None:
    for text in (need.name, need.name_en, need.hint, need.hint_en):
        found = services(FINDER.find(text))

        assert need.code in {RULEBOOK.services[code].need for code in found}, text


@given(st.text(max_size=400))
@example("\u0130\u0307 ﬃ ½ \ud800"[:-1])
@example("uang " * 60)
@settings(deadline=None, max_examples=100)
def test_no_text_breaks_the_search_and_it_always_finds_the_same(text: str) -> None:
    assert FINDER.find(text) == FINDER.find(text)


@given(st.lists(st.sampled_from([*NAMES, "uang pelicin", "xqzv", "hilang"]), max_size=4))
@settings(deadline=None)
def test_hits_are_ranked_and_shown_once(said: list[str]) -> None:
    found = FINDER.find(" ".join(said))

    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(services(found))) == len(found.hits) <= 6


@given(st.sampled_from(ERRANDS), st.data())
@settings(deadline=None)
def test_an_exact_word_ranks_above_a_mistyped_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    mistyped = word[:at] + letter + word[at:]
    exact = {hit.service.code: hit.score for hit in FINDER.find(word).hits}

    read = FINDER.find(mistyped)

    if mistyped in dict(read.read_as):
        for hit in read.hits:
            assert hit.score <= exact.get(hit.service.code, hit.score)


@pytest.mark.parametrize(
    "text",
    [
        "perpanjangn sim c mobill stknn passporr sertipikatt " * 4,
        "abcdefg hijklmn opqrstu vwxyzab " * 7,
        "a" * 200,
        "sim c hilang",
    ],
)
def test_two_hundred_letters_take_less_than_20_ms(text: str) -> None:
    took = []
    for _ in range(5):
        began = time.thread_time()
        FINDER.find(text[:200])
        took.append(time.thread_time() - began)

    assert min(took) < 0.02


@given(st.text("abcdef", max_size=8), st.text("abcdef", max_size=8))
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)


def test_swapped_neighbours_are_one_edit() -> None:
    assert distance("stkn", "stnk") == 1
    assert distance("paspor", "papsor") == 1
    assert distance("sim", "skck") == 3


def test_short_words_are_only_read_with_their_own_letters() -> None:
    spelling = Spelling.of(["sim", "stnk", "ktp"])

    assert spelling.read("smi") == ("sim",)
    assert spelling.read("sam") == ()
    assert spelling.read("stk") == ()
