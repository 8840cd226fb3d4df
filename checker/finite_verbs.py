"""Whether a word can be the verb of a sentence, judged by its form and by what the word list knows of its stem."""

from __future__ import annotations

from functools import lru_cache

from checker.known_words import is_known

_AUXILIARIES = frozenset(
    "is are was were am be been being has have had will would shall should can could may might must do does did let "
    "became began brought bought came chose drew fell felt found gave went got grew held kept knew led left lost made met "
    "paid put ran read rose said saw sent set shook showed sold spoke spent stood struck took taught thought told "
    "understood won wrote built cut hit cost spread ate bled broke caught crept dealt drank drove fed fled flew fought "
    "froze hid hung leapt lent lay meant overcame oversaw rang rode sang sank sat shone slept sought stole stuck "
    "swam swept swore threw tore undertook underwent withdrew woke wore wept".split()
)
_CONTRACTIONS = ("'s", "'re", "'ve", "'ll", "'d", "n't", "'m")


@lru_cache(maxsize=4096)
def may_be_finite(word: str) -> bool:
    """Whether a folded word may be a finite verb: an auxiliary, a past form, a form in -s of a verb, a contraction."""
    if word in _AUXILIARIES or word.endswith(_CONTRACTIONS):
        return True
    if word.endswith("ed") and len(word) > 3:
        return len(word) > 4 or word[1] != "e"  # died, but not need
    if not word.endswith("s") or word.endswith("ss") or len(word) < 4:
        return False
    stems = {word[:-1]} | ({word[:-2]} if word.endswith("es") else set())
    if word.endswith("ies"):
        stems.add(word[:-3] + "y")
    return any(has_gerund(stem) for stem in stems)


@lru_cache(maxsize=4096)
def has_gerund(stem: str) -> bool:
    """Whether a folded stem has a form in -ing, as verbs have."""
    forms = {f"{stem}ing", f"{stem}{stem[-1]}ing"} | ({f"{stem[:-1]}ing"} if stem.endswith("e") else set())
    return any(is_known(form) for form in forms)
