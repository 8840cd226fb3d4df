"""Verbs that open the clauses of policy prose, in the base form."""

from __future__ import annotations

from functools import cache

from glossary.forms import verb_forms

POLICY_VERBS = frozenset(
    "accelerate achieve activate adhere adjust adopt advance allocate analyze apply arrange assess assign attach avoid "
    "broaden build carry clarify combine complete conduct consolidate continue control coordinate create cultivate "
    "deepen deploy develop do eliminate encourage enhance ensure enrich establish evaluate exceed expand explore extend "
    "focus follow formulate foster fulfill gather give grasp guarantee guide help hold implement improve include "
    "increase incorporate innovate insist integrate intensify introduce issue keep launch lead let lower maintain make "
    "manage mobilize open optimize organize oversee participate perfect perform persist play practice prevent promote "
    "protect provide publicize pursue put raise realize reduce refine reform regulate reinforce relax replace require "
    "respect rely respond select serve set solve speed standardize stick stimulate streamline strengthen "
    "strive study summarize supervise support take tighten train transform uphold upgrade urge use utilize win".split()
)
POLICY_ADVERBS = frozenset(
    "actively basically comprehensively conscientiously continuously earnestly effectively fully gradually resolutely "
    "scientifically steadily strictly thoroughly vigorously".split()
)
"""Adverbs that open such clauses."""


@cache
def _gerunds() -> frozenset[str]:
    return frozenset(form for verb in POLICY_VERBS for form in verb_forms(verb) if form.endswith("ing"))


def is_policy_verb(word: str) -> bool:
    """Whether a folded word is one of these verbs, in the base form or in -ing."""
    return word in POLICY_VERBS or word in _gerunds()
