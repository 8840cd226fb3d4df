"""The findings of one page against the comments in it that accept some of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from checker.acceptance.comments import AcceptComment, accept_comments
from checker.acceptance.notes import ChosenRule, note
from checker.document import Document
from checker.finding import Finding, Place
from checker.rules.acceptance.acceptance_without_reason import RULE as WITHOUT_REASON
from checker.rules.acceptance.lapsed_acceptance import RULE as LAPSED
from checker.spans import Ranges

_NEEDS_CHINESE = "BIL"


class Sifted(NamedTuple):
    """What the comments of a page leave of its findings.

    ``shown`` are those that are left, ``found`` counts the places of those of any confidence by rule and fingerprint;
    ``notes`` say what is wrong with the comments; ``rules`` are the codes of those that looked at the page;
    ``accepted`` is the number left out.
    """

    shown: tuple[Finding, ...]
    found: dict[tuple[str, str], int]
    notes: tuple[Finding, ...] = ()
    rules: tuple[str, ...] = ()
    accepted: int = 0


def without_accepted(findings: Iterable[Finding], accepted: Mapping[tuple[str, str], int]) -> list[Finding]:
    """The findings without those of which so many places are accepted, by rule and fingerprint."""
    left = dict(accepted)
    kept = []
    for finding in findings:
        key = finding.rule, finding.fingerprint
        if finding.count <= left.get(key, 0):
            left[key] -= finding.count
        else:
            kept.append(finding)
    return kept


def sift_comments(
    document: Document,
    blocks: Sequence[Place],
    shown: Sequence[Finding],
    found: Sequence[Finding],
    rules: Sequence[ChosenRule],
) -> Sifted:
    """What the comments of a page leave; the arguments are those of `checker.acceptance.run.Acceptance.sift`."""
    if document.source is None:
        rules = [rule for rule in rules if not rule.code.startswith(_NEEDS_CHINESE)]
    notes: tuple[Finding, ...] = ()
    count = len(shown)
    comments = accept_comments(document, blocks)
    if comments:
        selected = _selected(comments, rules)
        notes = tuple(_comment_notes(document, comments, selected, found, rules))
        own = [(comment.start, comment.end) for comment in comments]  # the comment itself is no text
        scopes = {
            code: Ranges(
                [*own, *(comment.scope for comment, codes in zip(comments, selected, strict=True) if code in codes)]
            )
            for code in {finding.rule for finding in (*shown, *found)}
        }
        shown = [kept for finding in shown if (kept := _outside(document, finding, scopes[finding.rule])) is not None]
        found = [kept for item in found if (kept := _outside(document, item, scopes[item.rule])) is not None]
    places: Counter[tuple[str, str]] = Counter()
    for item in found:
        places[item.rule, item.fingerprint] += item.count
    codes = tuple(rule.code for rule in rules)
    return Sifted(tuple(shown), dict(places), notes, codes, count - len(shown))


def _selected(comments: Sequence[AcceptComment], rules: Sequence[ChosenRule]) -> list[frozenset[str]]:
    """The codes of the rules that each comment names."""
    by_word = {
        word: frozenset(rule.code for rule in rules if rule.matches(word))
        for word in {word for comment in comments for word in comment.rules}
    }
    return [frozenset().union(*(by_word[word] for word in comment.rules)) for comment in comments]


def _outside(document: Document, finding: Finding, scopes: Ranges) -> Finding | None:
    """The finding with the places that no comment accepts; None when all are accepted."""
    kept = [place for place in finding.places if not scopes.hold(place)]
    if len(kept) == len(finding.places):
        return finding
    if not kept:
        return None
    (start, end), *also = kept
    line, column = document.position(start)
    end_line, end_column = document.position(end)
    quote, seen = document.text[start:end], document.shown(start, end)
    return finding._replace(start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column,
        quote=quote, shown=None if seen == quote else seen, also=tuple(also), count=len(kept),
        fixes=tuple(fix for fix in finding.fixes if not scopes.hold((fix.start, fix.end))),
    )  # fmt: skip


def _comment_notes(
    document: Document,
    comments: Sequence[AcceptComment],
    selected: Sequence[frozenset[str]],
    found: Sequence[Finding],
    rules: Sequence[ChosenRule],
) -> Iterable[Finding]:
    codes = {rule.code for rule in rules}
    by_rule: dict[str, list[Place]] = defaultdict(list)
    for finding in found:
        by_rule[finding.rule] += [(-start, -end) for start, end in finding.places]
    # Of a place and a scope turned round, the place is what holds the scope.
    places = {code: Ranges(turned) for code, turned in by_rule.items()}
    for comment, named in zip(comments, selected, strict=True) if LAPSED.code in codes else ():
        place = (comment.start, comment.end)
        scope = (-comment.scope[0], -comment.scope[1])
        if comment.word != comment.meant:
            message = f"This comment accepts nothing: unknown word {comment.word!r}; did you mean {comment.meant!r}?"
            yield note(document, LAPSED, [place], message)
        elif not comment.rules:
            yield note(document, LAPSED, [place], "This comment names no rule, so it accepts nothing.")
        elif named and not any(places[code].hold(scope) for code in named & places.keys()):
            message = f"What is accepted here ({', '.join(comment.rules)}) no longer occurs."
            yield note(document, LAPSED, [place], message)
    bare = [(comment.start, comment.end) for comment in comments if not comment.reason]
    if bare and WITHOUT_REASON.code in codes:
        count = "1 comment gives" if len(bare) == 1 else f"{len(bare)} comments give"
        yield note(document, WITHOUT_REASON, bare, f"{count} no reason.")
