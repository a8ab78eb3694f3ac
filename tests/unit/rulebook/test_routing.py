"""Conflict of interest (domain.md): the accused never gets the case, somebody always does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.rulebook import Office, Route, load, route
from shared.rulebook.regions import UnknownRegion, contains
from shared.rulebook.routing import NobodyLeft, UnknownOffice
from shared.rulebook.units import UnknownUnit

RULEBOOK = load()
UNITS = sorted(RULEBOOK.units.by_id)
NAMED = sorted(set(RULEBOOK.regions.by_code) & {u.region for u in RULEBOOK.units})
DISTRICTS = [child.code for code in NAMED for child in RULEBOOK.regions.children(code)]

kinds = st.sampled_from(sorted(RULEBOOK.offices))
regions = (
    st.sampled_from(NAMED)
    | st.sampled_from(DISTRICTS)
    | st.sampled_from(sorted(RULEBOOK.regions.by_code))
)
offices = st.builds(Office, kinds, regions)
named_offices = offices.map(lambda office: f"{office.kind}:{office.region}")
exclusions = st.lists(st.sampled_from(UNITS) | named_offices, max_size=3, unique=True).map(tuple)


def _head(office: Office) -> str:
    return RULEBOOK.offices[office.kind].head_in(office.region)


@settings(max_examples=400, deadline=None)
@given(offices, exclusions)
def test_somebody_gets_it_who_is_in_no_conflict(accused: Office, excluded: tuple[str, ...]) -> None:
    found = route(RULEBOOK, accused, excluded)

    unit = RULEBOOK.units.unit(found.unit)
    assert found.unit not in excluded
    assert contains(unit.region, accused.region)
    accusing = [accused, *(Office(*text.split(":")) for text in excluded if ":" in text)]
    for office in accusing:
        seat = RULEBOOK.offices[office.kind].seat_in(office.region)
        assert _head(office) not in unit.heads
        assert (unit.office, unit.region) != (office.kind, seat)


@settings(max_examples=200, deadline=None)
@given(offices, exclusions)
def test_the_same_question_has_one_answer(accused: Office, excluded: tuple[str, ...]) -> None:
    assert route(RULEBOOK, accused, excluded) == route(RULEBOOK, accused, reversed(excluded))


@settings(max_examples=200, deadline=None)
@given(offices, exclusions)
def test_every_route_explains_itself(accused: Office, excluded: tuple[str, ...]) -> None:
    found = route(RULEBOOK, accused, excluded)

    assert [c.unit for c in found.considered if c.verdict == "chosen"] == [found.unit]
    assert len({c.unit for c in found.considered}) == len(found.considered)
    assert all(c.reason for c in found.considered)
    assert {text for text in excluded if ":" not in text} <= {
        c.unit for c in found.considered if c.verdict == "excluded"
    }
    assert found.bump == (found.reason == "nobody_left")


@settings(max_examples=200, deadline=None)
@given(offices, exclusions)
def test_no_lower_unit_of_the_line_was_passed_over(
    accused: Office, excluded: tuple[str, ...]
) -> None:
    found = route(RULEBOOK, accused, excluded)

    level = RULEBOOK.units.unit(found.unit).level
    passed = [RULEBOOK.units.unit(c.unit) for c in found.considered if c.verdict == "passed_over"]
    sector = RULEBOOK.offices[accused.kind].sector_in(accused.region)
    line = [unit for unit in passed if sector in unit.oversees]
    assert all(unit.level <= level for unit in line)


def _to(kind: str, region: str, *excluded: str) -> Route:
    return route(RULEBOOK, Office(kind, region), excluded)


@pytest.mark.parametrize(
    ("kind", "region", "unit"),
    [
        ("kecamatan", "32.03.12", "inspektorat-cianjur"),
        ("kecamatan", "32.03", "inspektorat-cianjur"),
        ("kecamatan", "32", "inspektorat-jabar"),
        ("inspektorat", "53.01", "inspektorat-ntt"),
        ("inspektorat", "53.01.04", "inspektorat-ntt"),
        ("inspektorat", "53", "itjen-kemendagri"),
        ("setda", "53.01", "inspektorat-ntt"),
        ("setda", "53", "itjen-kemendagri"),
        ("satpas", "35.78", "propam-polda-jatim"),
        ("polsek", "35.78.05", "propam-polda-jatim"),
        ("polda", "35", "propam-mabes"),
        ("kejaksaan_negeri", "35.78", "pengawasan-kejati-jatim"),
        ("kejaksaan_tinggi", "35", "jamwas"),
        ("pengadilan_negeri", "35.78", "bawas-ma"),
        ("kantor_pertanahan", "33.02", "itjen-atr-bpn"),
        ("jembatan_timbang", "18.01", "itjen-kemenhub"),
        ("lapas", "16.71", "itjen-imipas"),
        ("imigrasi", "31.72", "itjen-imipas"),
        ("kua", "33.02.01", "itjen-kemenag"),
        ("kecamatan", "31.72.01", "inspektorat-jakarta-utara"),
        ("dinas", "11.01", "itjen-kemendagri"),
        ("tidak_tahu", "53.01", "ombudsman-ntt"),
        ("tidak_tahu", "11.01", "ombudsman-ri"),
    ],
)
def test_the_lowest_unit_in_no_conflict_gets_it(kind: str, region: str, unit: str) -> None:
    assert _to(kind, region).unit == unit


def test_the_police_of_the_town_never_judge_its_driving_tests() -> None:
    found = _to("satpas", "35.78")

    reasons = {one.unit: one.reason for one in found.considered if one.verdict == "excluded"}
    assert reasons == {"propam-polrestabes-surabaya": "same_head"}
    assert found.excluded == 1


def test_an_unknown_office_stays_clear_of_everybody_local() -> None:
    found = _to("tidak_tahu", "53.01")

    assert RULEBOOK.units.unit(found.unit).kind == "ombudsman"


def test_the_reporter_may_send_it_past_a_unit() -> None:
    assert _to("kecamatan", "32.03", "inspektorat-cianjur").unit == "inspektorat-jabar"


def test_the_reporter_may_name_an_office_whose_head_must_not_get_it() -> None:
    found = _to("kecamatan", "32.03", "setda:32.03")

    assert found.unit == "inspektorat-jabar"
    assert found.excluded == 1


def test_when_the_line_is_exhausted_the_ombudsman_takes_it() -> None:
    found = _to("pengadilan_negeri", "35.78", "bawas-ma")

    assert (found.unit, found.reason, found.bump) == ("ombudsman-jatim", "backup", False)


def test_nobody_left_means_the_national_desk_one_urgency_higher() -> None:
    found = _to("pengadilan_negeri", "35.78", "bawas-ma", "ombudsman-jatim", "ombudsman-ri")

    assert (found.unit, found.bump) == ("meja-nasional", True)


def test_the_desk_itself_can_be_excluded() -> None:
    found = _to("pengadilan_negeri", "11.01", "bawas-ma", "ombudsman-ri", "meja-nasional")

    assert found.bump
    assert RULEBOOK.units.unit(found.unit).level == 0


def test_excluding_everybody_is_refused() -> None:
    with pytest.raises(NobodyLeft):
        _to("dinas", "32.03", *UNITS)


def test_what_is_unknown_is_refused_by_its_field() -> None:
    for call, refusal, field in (
        (("istana", "32.03"), UnknownOffice, "office_kind"),
        (("dinas", "3203"), UnknownRegion, "office_region"),
        (("dinas", "32.03", "unit-x"), UnknownUnit, "exclude"),
        (("dinas", "32.03", "istana:32.03"), UnknownUnit, "exclude"),
    ):
        with pytest.raises(refusal) as refused:
            _to(*call)
        assert refused.value.field == field
