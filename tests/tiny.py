"""A glossary of a few concepts, small enough to see through."""

from __future__ import annotations

from glossary.compiled import compile_tables
from glossary.layers import Glossary
from glossary.yaml_file import read_concepts, read_morphemes

MORPHEMES = """
联.union:
  zh: 联
  sense: joined
  marked: [linked]
  plain: [union, alliance, consortium]
体.body:
  zh: 体
  sense: body
  marked: [body]
  plain: [group]
医.medicine:
  zh: 医
  sense: medicine
  plain: [medical, medicine]
  pos: adjective
紧密型.compact:
  zh: 紧密型
  sense: closely integrated
  modifier: true
  marked: [tight]
  plain: [compact, close-knit]
  pos: adjective
"""

CONCEPTS = """
- id: medical-consortium
  zh: 医联体
  zh_variants: [医疗联合体]
  preferred: medical consortium
  plural: [consortiums, consortia]
  admitted: [medical alliance]
  wrong:
    - en: medical association
      trigger: [page]
      unless: [Chinese Medical Association, law]
      why: an association is a society
    - {en: doctor union body, trigger: [anywhere]}
    - {en: medical group union, trigger: [near], near: [hospital]}
    - {en: medical team, trigger: [source]}
  patterns:
    - {en: "{医.medicine} {联.union} {体.body}"}
    - {en: "{联.union} {体.body} (of|for) {医.medicine}"}
  ignore: [medical union group]
  short: [consortium]
  sources:
    - {url: "https://english.www.gov.cn/a/2020/x", title: A page, rendering: medical consortium, read: "2026-11"}
- id: compact-county-medical-community
  zh: 紧密型县域医共体
  preferred: compact county medical community
  admitted: [county medical community, close-knit county medical community]
  optional: [compact, close-knit]
- id: compact-urban-medical-group
  zh: 紧密型城市医疗集团
  preferred: compact urban medical group
  plural: [compact urban medical groups]
  admitted: [urban medical group]
- id: tiered-care
  zh: 分级诊疗
  preferred: tiered diagnosis and treatment
  deprecated:
    - {en: graded diagnosis and treatment, trigger: [page]}
  abbreviations: [TDT]
- id: set-out
  zh: 下沉
  pos: verb
  preferred: channel resources to lower levels
  wrong:
    - {en: sink resources, trigger: [page], pos: verb}
- id: proposal
  zh: 提案
  status: proposed
  preferred: a proposed thing
  wrong:
    - {en: proposed nonsense, trigger: [anywhere]}
- id: old-commission
  zh: 卫计委
  preferred: Health and Family Planning Commission
  pos: name
  valid: {from: "2013-03", until: "2018-03"}
"""


def tiny_glossary(concepts: str = CONCEPTS, morphemes: str = MORPHEMES) -> Glossary:
    """The glossary of the strings above, or of others of that form."""
    made, problems = read_concepts("tiny.yaml", concepts, "test")
    classes, more = read_morphemes("morphemes.yaml", morphemes)
    assert not problems + more, [str(problem) for problem in problems + more]
    hosts = {"english.www.gov.cn": {"publisher": "State Council", "kind": "official"}}
    names = {"places": [{"zh": "四川省", "en": "Sichuan"}], "institutions": [], "pairs": [], "hosts": hosts}
    return Glossary(compile_tables(made, classes, names), "tiny")
