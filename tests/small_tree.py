"""A working tree of a few entries in a folder of the test's own: without mistakes, in canonical form."""

from __future__ import annotations

from pathlib import Path

TERMS = """\
# Groups of institutions.
- id: medical-consortium
  zh: 医联体
  zh_variants: [医疗联合体]
  preferred: medical consortium
  plural: [consortiums, consortia]
  admitted: [medical alliance]
  wrong:
    - en: medical association
      trigger: [page]
      unless: [Chinese Medical Association]
      why: an association is a society
      right_example: The Chinese Medical Association published advice.
  patterns:
    - {en: "{医.medicine} {联.union}", why: read piece by piece}
  definition: Hospitals and clinics that work under common rules.
  examples:
    wrong:
      - The hospital joined a medical association.
      - The hospital leads a medic union.
    right: The hospital leads a medical consortium.
  sources:
    - {url: https://english.www.gov.cn/a/2020/x, title: A page, rendering: medical consortium, read: 2026-11}

- id: tiered-care
  zh: 分级诊疗
  preferred: tiered care
  sources:
    - {url: https://english.www.gov.cn/a/2020/y, title: Another page, rendering: tiered care, read: 2026-11}
"""

MORPHEMES = """\
# The morphemes.
医.medicine:
  zh: 医
  sense: medicine
  marked: [medic]
  plain: [medical]
  pos: adjective
联.union:
  zh: 联
  sense: joined
  marked: [linkage]
  plain: [union]
"""

SOURCES = """\
english.www.gov.cn: {publisher: State Council, kind: official}
"""

CONTROL = """\
The Chinese Medical Association met in Sichuan. Doctors spoke about tiered care and about their long days on the ward.
"""

PAGE = """\
In China the county hospital joined a medical association with nine township health centers last year. Tiered care
is said to be the aim, and the medic union is to bring doctors to the villages. Village doctors see it with hope.
"""


def small_tree(folder: Path, terms: str = TERMS, morphemes: str = MORPHEMES, sources: str = SOURCES) -> Path:
    """Write the tree, a page and a control page below ``folder``; returns the folder of entries."""
    entries = folder / "glossary" / "terms"
    for name, text in (
        ("glossary/terms/organisation/groups.yaml", terms),
        ("glossary/morphemes/core.yaml", morphemes),
        ("glossary/sources.yaml", sources),
        ("glossary/names.yaml", "places: []\ninstitutions: []\n"),
        ("glossary/pairs.yaml", "[]\n"),
        ("data/controls/one.txt", CONTROL),
        ("data/pages/one.txt", PAGE),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return entries
