"""What specimens say is valid and consistent: check digits, dates, sums, words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from stdnum.cn import ric, uscc

from app.toolchain.specimens import _mrz, _names, _places, make_layout
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._money import in_words, whole_in_words
from app.toolchain.specimens._mrz import Holder

SEEDS = range(60)


def truths(kind: str) -> list[dict[str, str]]:
    return [dict(make_layout(kind, seed).truth) for seed in SEEDS]


def test_identity_numbers_hold_and_agree_with_the_printed_birth_and_sex() -> None:
    for truth in truths("id_card_front"):
        number = truth["id_number"]
        assert ric.is_valid(number)
        assert number[6:14] == truth["birth_date"].replace("-", "")
        assert ("女", "男")[int(number[16]) % 2] == truth["sex"]
        assert truth["ethnicity"] in _names.ETHNICITIES


def test_a_licence_is_issued_to_grown_ups_and_runs_six_or_ten_years_or_for_ever() -> None:
    for truth in truths("driving_licence"):
        assert ric.is_valid(truth["licence_number"])
        first, start = (date.fromisoformat(truth[k]) for k in ("first_issue_date", "valid_from"))
        assert date.fromisoformat(truth["birth_date"]).year + 18 <= first.year <= start.year
        if truth["valid_until"] != "长期":
            until = date.fromisoformat(truth["valid_until"])
            assert until.year - start.year in (6, 10)


def test_an_identity_card_runs_five_ten_or_twenty_years_or_for_ever() -> None:
    for truth in truths("id_card_back"):
        start = date.fromisoformat(truth["valid_from"])
        if truth["valid_until"] != "长期":
            assert date.fromisoformat(truth["valid_until"]).year - start.year in (5, 10, 20)


def test_there_are_fifty_six_ethnicities() -> None:
    assert len(set(_names.ETHNICITIES)) == 56


def test_names_are_common_rare_double_and_dotted() -> None:
    names = [_names.person_name(Dice("name", seed)) for seed in range(400)]
    dotted = [_names.person_name(Dice("dotted", seed), "维吾尔") for seed in range(20)]
    assert len(set(names)) > 390
    assert any(name[:2] == "欧阳" for name in names) or any(len(name) == 4 for name in names)
    assert any("·" in name for name in dotted)


def test_regions_are_present_counties_of_all_provinces() -> None:
    regions = _places.regions()
    assert len({region.code[:2] for region in regions}) == 31
    assert all("[" not in region.full for region in regions)


def test_addresses_are_of_many_lengths_and_hold_digits_letters_and_brackets() -> None:
    regions = _places.regions()
    addresses = [
        _places.address(Dice("address", seed), Dice("region", seed).pick(regions))
        for seed in range(400)
    ]
    lengths = [len(address) for address in addresses]
    assert min(lengths) < 15 < 30 < max(lengths)
    every = set("".join(addresses))
    assert set("0123456789ABC-()（）") <= every


@pytest.mark.parametrize("seed", SEEDS)
def test_the_zone_of_a_travel_document_holds_in_all_its_digits(seed: int) -> None:
    layout = make_layout("travel_document", seed)
    truth = layout.truth
    first, second = truth["mrz_line_1"], truth["mrz_line_2"]
    lengths = {"TD1": 30, "TD2": 36, "TD3": 44, "MRV-A": 44, "MRV-B": 36}
    assert len(first) == len(second) == lengths[layout.variant]
    if layout.variant == "TD1":
        assert len(truth["mrz_line_3"]) == 30
        assert second[6] == _mrz.check_digit(second[:6])
        assert second[14] == _mrz.check_digit(second[8:14])
        whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
        assert second[29] == _mrz.check_digit(whole)
        return
    assert second[9] == _mrz.check_digit(second[:9])
    assert second[19] == _mrz.check_digit(second[13:19])
    assert second[27] == _mrz.check_digit(second[21:27])
    if layout.variant in ("TD2", "TD3"):
        whole = second[0:10] + second[13:20] + second[21:-1]
        assert second[-1] == _mrz.check_digit(whole)


def test_the_example_of_icao_9303_comes_out_as_printed_there() -> None:
    holder = Holder(
        "P", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO",
        date(1974, 8, 12), "F", date(2012, 4, 15), "ZE184226B",
    )  # fmt: skip
    assert _mrz.td3(holder) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


def test_a_long_document_number_runs_on_in_the_optional_data() -> None:
    holder = Holder(
        "I", "UTO", "ERIKSSON", "ANNA", "D23145890734", "UTO", date(1974, 8, 12), "F",
        date(2012, 4, 15),
    )  # fmt: skip
    # ICAO 9303-5, appendix B: D23145890734 gives D23145890<7349 with 9 as its check digit.
    assert _mrz.td1(holder)[0] == "I<UTOD23145890<7349<<<<<<<<<<<"


def test_names_are_spelt_as_the_zone_can() -> None:
    assert _mrz.spelt("Müller-Größ") == "MUELLER<GROESS"
    assert _mrz.spelt("D'Arc") == "DARC"
    assert _mrz.spelt("Nguyễn") == "NGUYEN"


def test_credit_codes_hold_and_invoices_add_up_in_figures_and_words() -> None:
    for truth in truths("vat_invoice"):
        assert uscc.is_valid(truth["seller_tax_id"])
        amount, tax, total = (Decimal(truth[name]) for name in ("amount", "tax", "total"))
        assert amount + tax == total
        unit = "元" if "元" in truth["total_in_words"] else "圆"
        assert truth["total_in_words"] == in_words(total, unit)
        assert len(truth["invoice_number"]) == (8 if "invoice_code" in truth else 20)
        assert len(truth.get("check_code", "0" * 20)) == 20


def test_business_licences_hold() -> None:
    for truth in truths("business_licence"):
        assert uscc.is_valid(truth["credit_code"])
        assert date.fromisoformat(truth["established"]) <= date(2025, 12, 31)
        assert ("capital" in truth) == (truth["type"] != "个体工商户")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1234.50", "壹仟贰佰叁拾肆圆伍角整"),
        ("1000.07", "壹仟圆零柒分"),
        ("30004.00", "叁万零肆圆整"),
        ("0.05", "伍分"),
        ("100010000.00", "壹亿零壹万圆整"),
    ],
)
def test_amounts_are_written_as_financial_papers_do(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


def test_nothing_is_zero() -> None:
    assert whole_in_words(0) == "零"
