"""The rules on their cases: tests/cases/<CODE>.yaml, each a text with what must be found in it and nothing else.

A case has ``text``, where the rule needs it ``source`` (the Chinese beside it), ``expect`` (the first quote of each
finding, with a suggestion where that matters; ``start: last`` for its last place in the text) and ``why``. The page is
about health reform unless ``subject`` says otherwise.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from checker.bitext import SourceText
from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from checker.rules.registry import all_rules
from glossary import load
from tests.tiny import tiny_glossary

Subject = Literal["auto", "health-reform", "other"]
FOLDER = Path(__file__).parent / "cases"
FEWEST = {"BIL": (2, 2), "GAR": (3, 6), "RES": (3, 4), "SPC": (3, 4), "NUM": (3, 4), "TRM106": (3, 6)}
"""By family: how many cases must be found and how many must not; the other terminology rules are tested by the examples
of the concepts."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BY_RULE = {path.stem: yaml.load(path.read_text(encoding="utf-8"), LOADER) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [
    pytest.param(code, case, id=f"{code}-{number}")
    for code, cases in BY_RULE.items()
    for number, case in enumerate(cases, 1)
]


@cache
def checker(code: str, subject: Subject) -> Checker:
    """A checker with one rule, at every confidence."""
    options = Options(min_confidence="low", select=(code,), preview=True, subject=subject)
    return Checker(load(), options)


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_case(code: str, case: dict[str, Any]) -> None:
    """Exactly the quotes of the case are found, with the suggestions it gives."""
    source = SourceText("source", case["source"]) if "source" in case else None
    text = case["text"]
    result = checker(code, case.get("subject", "health-reform")).check([Document("case", text, source=source)])
    assert result.errors == ()
    expected = case.get("expect") or []
    assert [finding.quote for finding in result.findings] == [item["quote"] for item in expected], case.get("why")
    for item, finding in zip(expected, result.findings, strict=True):
        if "suggestion" in item:
            assert finding.suggestion == item["suggestion"]
        if item.get("start") == "last":
            assert finding.start == text.rindex(item["quote"])


def test_every_rule_has_cases() -> None:
    """A rule without cases that must be found, cases that must not, and traps among them is not finished."""
    for rule in all_rules():
        for family, (wrong, silent) in FEWEST.items():
            if rule.code.startswith(family):
                cases = BY_RULE[rule.code]
                assert sum(bool(case.get("expect")) for case in cases) >= wrong, rule.code
                assert sum(not case.get("expect") for case in cases) >= silent, rule.code


def test_no_two_rules_share_a_code_or_a_name() -> None:
    """A code chooses, documents and silences one rule."""
    assert len({rule.code for rule in all_rules()}) == len({rule.name for rule in all_rules()}) == len(all_rules())


@pytest.mark.parametrize(
    ("text", "advice", "admitted"),
    [
        ("The reporter learned from the county health commission that beds are free.", "According to", False),
        ("It is claimed that the county health commission opened ten beds.", "It is reported that", True),
    ],
)
def test_other_admitted_forms_stand_only_beside_the_preferred_one(text: str, advice: str, admitted: bool) -> None:
    """A rendering with an advice of its own is not to be exchanged for the other names of the concept."""
    (finding,) = checker("TRM104", "health-reform").check([Document("case", text)]).findings
    assert finding.suggestion == advice
    assert bool(finding.admitted) is admitted


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("The county supervision commission opened a case.", "county supervisory commission"),
        ("The Provincial Supervision Committee met twice.", "Provincial Supervisory Commission"),
        ("The municipal people hospital has nine wards.", "municipal people's hospital"),
        ("The county medical complex has nine members.", "county medical community"),
    ],
)
def test_advice_keeps_whose_body_it_is(text: str, advice: str) -> None:
    """A body's level stays before the name that is advised, unless the name has one."""
    found = checker("TRM101", "health-reform").check([Document("case", text)]).findings
    assert advice in [finding.suggestion for finding in found]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("The satisfaction of the masses rose in the county.", "satisfaction of the public"),
        ("The masses' health needs come first in the county.", "the public's health needs"),
        ("The director of the section, a nurse by training, came to the county hospital.", "head of department"),
        ("The county built community sanitation service stations.", "community health stations"),
    ],
)
def test_advice_keeps_what_a_form_says_beside_the_term(text: str, advice: str) -> None:
    """What a part of a wrong form stood for is put back, and the number of its head is kept."""
    found = checker("TRM101", "health-reform").check([Document("case", text)]).findings
    assert any(f"“{advice}”" in finding.message for finding in found)


FITTING = """
- id: one
  zh: 甲
  preferred: first item
  wrong:
    - {en: Party member conference, trigger: [anywhere], write: general membership meeting}
    - {en: Chinese medicine pieces, trigger: [anywhere], write: decoction pieces}
    - {en: attracting social capital, trigger: [anywhere], write: attracting private investment}
    - {en: special rectification, trigger: [anywhere], write: targeted action}
    - {en: the masses, trigger: [anywhere], write: the public}
    - {en: effective carrier, trigger: [anywhere], write: vehicle}
    - {en: third-rate ward, trigger: [anywhere], write: open ward}
    - {en: dean, trigger: [anywhere], write: president}
"""


@pytest.mark.parametrize(
    ("text", "quote", "advice"),
    [
        ("It was held as a Party member conference.", "Party member conference", "general membership meeting"),
        ("The use of Chinese medicine Pieces grew.", "Chinese medicine Pieces", "decoction pieces"),
        ("The use of Chinese Medicine Pieces grew.", "Chinese Medicine Pieces", "Decoction Pieces"),
        ("They care for all.The masses came.", "The masses", "The public"),
        ("Prices\nChinese medicine pieces are sold.", "Chinese medicine pieces", "Decoction pieces"),
        ("In July, Dean Wang Li came.", "Dean", "President"),
        (
            "The plan is attracting social capital investment.",
            "attracting social capital investment",
            "attracting private investment",
        ),
        ("The drug safety special rectification action began.", "special rectification action", "targeted action"),
        ("The drug safety special rectification actions began.", "special rectification", "targeted action"),
        ("It serves the people the masses every day.", "the masses", "the public"),
        ("It serves the public the masses every day.", "the public the masses", "the public"),
        ("Rules are an effective carrier for reform.", "an effective carrier", "a vehicle"),
        ("A third-rate ward was opened.", "A third-rate ward", "An open ward"),
        ("An action of\nspecial rectification\naction began.", "special rectification\naction", "targeted action"),
        ("This third-rate ward was opened.", "third-rate ward", "open ward"),
        ("They named it a Third-rate Ward there.", "a Third-rate Ward", "an Open Ward"),
        ("They opened the Third-rate ward there.", "Third-rate ward", "open ward"),
        ("In Grade A effective carriers stand.", "effective carriers", "vehicles"),
    ],
)
def test_advice_fits_the_words_beside_it(text: str, quote: str, advice: str) -> None:
    """Capitals are those of the place, "a" becomes "an", and words shared with its neighbours do not stand twice."""
    only_terms = Options(select=("TRM",))
    (finding,) = Checker(tiny_glossary(FITTING), only_terms).check([Document("case", text)]).findings
    assert (finding.quote, finding.suggestion) == (quote, advice)


ADVISED = """
- id: one
  zh: 甲
  preferred: first item
  admitted: [first team, first group]
  wrong:
    - {en: odd (officer=inspector|matter=item), trigger: [anywhere], write: "first {1}"}
    - {en: queer (officer=inspector|staff=team|hall|bureau|ward|bed|post), trigger: [anywhere], write: "first {1}"}
    - {en: (a|an) queer (officer=inspector|hall|bureau|ward|bed) of merit, trigger: [anywhere], write: "{1} {2} of merit"}
    - {en: "odd {联.union} (staff=team|people)", trigger: [anywhere], write: "first {2}"}
"""


@pytest.mark.parametrize(
    ("text", "advice", "admitted"),
    [
        ("An odd officer of the club came.", "A first inspector", ()),
        ("Some odd officers of a club came.", "first inspectors", ()),
        ("An odd matter came up.", "A first item", ("first team", "first group")),
        ("The queer officer and ordinary staff met.", "first inspector", ()),
        ("The queer staff met in a hall.", "first team", ("first group",)),
        ("The queer hall was full.", "first hall", ()),
        ("A queer officer of merit came.", "An inspector of merit", ()),
        ("Some odd linked staff came.", "first team", ("first group",)),
    ],
)
def test_an_alternative_says_what_to_write_for_it(text: str, advice: str, admitted: tuple[str, ...]) -> None:
    """Advice takes what an alternative says instead, in forms kept as strings and as templates, and in their number."""
    (finding,) = Checker(tiny_glossary(ADVISED)).check([Document("case", text)]).findings
    assert (finding.suggestion, finding.admitted) == (advice, admitted)


RENDERED = """
- id: one
  zh: 先进单位
  zh_variants: [模范单位]
  preferred: model unit
  wrong:
    - {en: visiting card of the town, trigger: [anywhere], why: 名片 is what a place is known for, write: pride of the town}
    - {en: "card {联.union}", trigger: [anywhere], why: “名片”效应 read word by word, write: fame of the town}
    - {en: forward unit, trigger: [anywhere], why: 先进 is not in front}
    - {en: pattern unit, trigger: [anywhere], why: 模范单位 is a model unit}
    - {en: forward troop, trigger: [anywhere], why: 部队 is not meant}
    - {en: forward soldier, trigger: [anywhere], why: 士兵 as a soldier, write: best worker}
    - {en: forward post, trigger: [anywhere], write: best department}
  sources:
    - {url: "https://english.www.gov.cn/a/2020/x", title: A page, rendering: model unit, read: "2026-11"}
"""


@pytest.mark.parametrize(
    ("text", "zh", "reason"),
    [
        ("The hospital is a visiting card of the town.", "名片", "名片 is what a place is known for"),
        ("The card linked them.", "“名片”效应", "“名片”效应 read word by word"),
        ("The hospital is a forward unit.", "先进单位", "先进单位: 先进 is not in front"),
        ("The hospital is a pattern unit.", "模范单位", "模范单位 is a model unit"),
        ("The hospital is a forward troop.", "先进单位", "先进单位: 部队 is not meant"),
        ("She is a forward soldier.", "先进单位", "先进单位: 士兵 as a soldier"),
    ],
)
def test_a_finding_names_the_chinese_its_advice_is_about(text: str, zh: str, reason: str) -> None:
    """A form kept with a concept it only borders on names its own Chinese, not the concept's, and not its sources."""
    (finding,) = Checker(tiny_glossary(RENDERED)).check([Document("case", text)]).findings
    assert (finding.zh, finding.reason) == (zh, reason)
    assert f"of {zh};" in finding.message
    assert bool(finding.sources) is zh.endswith("单位")  # which show its own rendering


def test_a_fault_without_a_reason_says_what_its_message_says() -> None:
    """Nothing is said of Chinese where the glossary gives no reason."""
    (finding,) = Checker(tiny_glossary(RENDERED)).check([Document("case", "It is a forward post.")]).findings
    assert (finding.zh, finding.reason) == ("先进单位", finding.message)
