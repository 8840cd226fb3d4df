"""# small-start (GAR307)

## What it does
Reports a sentence that begins with a small letter or a comma, after a full stop, at the beginning of a block or of what
somebody said.

## Why it matters
The machine cut the Chinese sentence at the wrong place, at the full stop of an "etc." or "No." or in the middle of a
clause, and translated the rest as a sentence of its own.

## Wrong
The county has set up a joint pharmacy. , and the township clinics share it.

## Right
The county has set up a joint pharmacy, and the township clinics share it.

## Limits
Abbreviations, file names and commands, and pages that hardly ever begin a sentence with a capital are left alone; but
on pages about health reform paragraphs that begin as only sentences do ("it is understood that") always count.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.known_words import is_common
from checker.months import MONTHS
from checker.page import Page
from checker.rules.clause_verbs import is_policy_verb
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, word_before
from glossary.lazy_pattern import lazy

SHORTEST = 4  # words before the full stop
MOST = 0.2  # share of the sentences that begin small: above it, it is how the page is written

_STOPS = {
    stop: lazy(stop + r"\s{1,8}(?:(, ?)[A-Z]?| ?)([a-z]+)(?![\w'’_=/(\[{@\\\\<>-]|[.:]\S)") for stop in (r"\.", "。")
}
_QUOTED = lazy(r"[“”\"]")
_SAID = lazy(r"\bsaid, [“\"]([a-z]+)(?= [a-z])")
_LETTERS = lazy(r"[^\W\d_]+")
_ABBREVIATIONS = frozenset(
    "cent etc vs al cf fig figs eq sec ch no nos vol approx ca est inc ltd co corp dept govt prof dr mr mrs ms st jr sr gen min "
    "max avg resp incl excl ext tel viz ibid ed eds pp ie eg def lit esp orig spec misc var cont abbr".split()
)
_NUMBERED = lazy(r"\d{1,2}[.、)][ \t]+(and|or)(?= [a-z])")
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz,")
_BLOCK_START = lazy(r",? ?[a-z]+(?=,? )")
_OPENERS = frozenset("please first second finally therefore however thus otherwise meanwhile".split())
LONGEST_SAID = 600  # characters of what somebody said
LONG_BLOCK = 8  # words
_RUNS_ON = tuple(f"{word} " for word in "where and or but unless except provided which with who whose".split())
_SURE = lazy(
    r"(?:it is (?:understood|reported|learned|learnt|known)|in (?:order to|addition|recent years|20\d\d)|according to|at present"
    rf"|at the (?:end|same time|meeting)|since (?:20\d\d|the)|this year|recently|meanwhile|by the end|as of|on (?:{'|'.join(MONTHS)}))\b"
)
_ENDS = frozenset('.。!?…”"')
WHOLE = 25  # words of a paragraph that is no item of a list
TITLE = 20  # words of what may be a heading


def check(page: Page) -> Iterator[Finding]:
    """One finding for each such beginning."""
    found = [place for place in _candidates(page) if in_new_prose(page, place)]
    if len(found) > 3 and len(found) > MOST * len(page.sentences):
        found = []
    said = {place for place in _said(page) if in_new_prose(page, place)}
    openings = {place for place in _openings(page) if in_new_prose(page, place)}
    for place in sorted(openings | said):
        quote = page.text[slice(*place)]
        meant = quote.capitalize()
        what = "what somebody said" if place in said else "a paragraph"
        message = f"“{quote}” begins {what} with a small letter; write “{meant}”."
        yield page.finding(
            RULE.label, [place], message, "warning", "high", suggestion=meant, fixes=(Fix(*place, meant),)
        )
    for place in found:
        if place in openings:
            continue
        quote = " ".join(page.text[place[0] : place[1]].split())
        comma = quote[0] in ".,;。"
        yield page.finding(
            RULE.label,
            [place],
            f"“{quote}”: the sentence was cut here and its rest taken for a new one; join them or begin with a capital.",
            "warning",
            "high" if comma else "medium",
        )


def _candidates(page: Page) -> Iterator[Place]:
    text = page.text
    for match in itertools.chain.from_iterable(
        pattern.finditer(text) for stop, pattern in _STOPS.items() if stop[-1] in text
    ):
        before = text[max(0, match.start() - 80) : match.start()]
        words = _LETTERS.findall(before)
        if not words or page.block_at(match.start()) != page.block_at(match.end() - 1):
            continue
        if match[1]:
            yield match.span()
        elif _ends_sentence(words, before) and (_opens(match[2]) or _is_plain(page, match[2])):
            yield match.span(2)
    yield from _block_starts(page)


def _block_starts(page: Page) -> Iterator[Place]:
    """Blocks that begin with a comma, or small on a page whose blocks begin with capitals: after a full stop, or whole."""
    text, small, whole, blocks = page.text, [], [], page.blocks
    firsts = [text[start] for start, _ in blocks]
    listed = False  # whether a block that announces a list stands before those that begin small
    for number, first in enumerate(firsts):
        if first not in _SMALL:
            listed = text[blocks[number][1] - 1] == ":"
        if first.isdecimal():
            opened = _NUMBERED.match(text, *blocks[number])
            if opened:
                yield opened.span(1)
        elif first in _SMALL and number:
            last, (start, end) = blocks[number - 1][1], blocks[number]
            opened = _BLOCK_START.match(text, start, end)
            if opened is None:
                continue
            word = opened.group()
            if first == ",":
                yield opened.span()
            elif not listed and len(word) > 1 and (_opens(word) or is_common(word)) and _is_whole(page, number):
                whole.append(opened.span())
            elif _is_cut(text, last, start) and text.count(" ", start, end) >= LONG_BLOCK and _opens(word):
                small.append(opened.span())
    if 2 * len(whole) <= len(page.sentences):
        yield from whole
    if small and len(small) < MOST * sum(map(str.isupper, firsts[1:])):
        yield from small


def _said(page: Page) -> Iterator[Place]:
    """Whole sentences that somebody says and that begin small; what goes on after "…," he said, does so rightly."""
    if page.subject != "health-reform" or "said" not in page.text_words.words:
        return
    for match in _SAID.finditer(page.text):
        before = page.text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
        closing = _QUOTED.search(page.text, match.end(), match.end() + LONGEST_SAID)
        whole = closing is not None and page.text[closing.start() - 3 : closing.start()].rstrip()[-1:] in (*".!?,",)
        if whole and _opens(match[1]) and not _QUOTED.search(before):
            yield match.span(1)


def _openings(page: Page) -> Iterator[Place]:
    """Paragraphs of a page of policy that begin small as sentences do, even where most of its paragraphs begin small.

    What follows an announcement ("The team works:") is a list until a block begins with a capital.
    """
    if page.subject != "health-reform":
        return
    text, before, listed = page.text, ".", False
    for start, end in page.blocks:
        small = text[start] in _SMALL
        listed = (listed and small) or before == ":"
        opening = _SURE.match(text, start, end) if small and not listed else None
        if opening and text.count(" ", start, end) >= LONG_BLOCK and before in _ENDS and text[end - 1] in _ENDS:
            yield start, start + len(opening.group().split()[0])
        before = text[end - 1]


def _is_whole(page: Page, number: int) -> bool:
    """Whether a block is a paragraph of its own on a page of policy: long, with a full stop, and nothing runs on into it."""
    text, blocks = page.text, page.blocks
    start, end = blocks[number]
    if page.subject != "health-reform" or text[end - 1] != "." or text.count(" ", start, end) < WHOLE:
        return False
    if text.startswith(_RUNS_ON, start):
        return False
    first, last = blocks[number - 1]
    if text[last - 1].isalpha():  # a title, unless it came between two halves of a sentence
        ends = text[blocks[number - 2][1] - 1] if number > 1 else "."
        runs_on = word_before(text, last) in FUNCTION_WORDS or ends.isalnum() or ends in ",:"
        return text.count(" ", first, last) < TITLE and not runs_on
    return text[last - 1] in ".。!?"


def _is_cut(text: str, last: int, start: int) -> bool:
    """Whether the block before ends as a sentence does and the next one stands on the very next line."""
    before = text[max(0, last - 81) : last - 1]
    near = text.count("\n", last, start) < 2
    return near and text[last - 1] == "." and _ends_sentence(_LETTERS.findall(before), before)


def _ends_sentence(words: list[str], before: str) -> bool:
    if not words:
        return False
    last = words[-1]
    known = is_common(last) and last not in _ABBREVIATIONS
    return len(words) >= SHORTEST and before.endswith(last) and len(last) > 2 and known


def _opens(word: str) -> bool:
    """Whether a small word after a full stop opens a sentence, and is no name of a command or a variable."""
    return word in FUNCTION_WORDS or word in _OPENERS or is_policy_verb(word)


def _is_plain(page: Page, word: str) -> bool:
    """Whether a small word is an ordinary one on a page of policy, which has no names of commands or variables."""
    return page.subject == "health-reform" and is_common(word)


RULE = Rule(
    "GAR307", "small-start", "garbled", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
