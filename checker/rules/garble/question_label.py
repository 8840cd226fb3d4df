"""# question-label (GAR328)

## What it does
Reports "Ask:" before a question that "Answer:" or "A:" answers.

## Why it matters
问 and 答 label questions and their answers. "Ask" is the verb 问; English labels a question with the noun.

## Wrong
Ask: Who pays for the medicines? Answer: The insurance fund pays.

## Right
Question: Who pays for the medicines? Answer: The insurance fund pays.

## Limits
Only at the beginning of a paragraph, and only where a paragraph of the page begins with an answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_ASK = lazy(r"(?m)^[^\S\n]*((?i:ask|asked))(?=\s?[:：])")
_ANSWER = lazy(r"(?m)(?:^[^\S\n]*|\? )(?:(Answer|Answered|Reply)|A)\s?[:：]")
_SOON = 600  # characters in which a question is answered


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the questions."""
    if "ask" not in page.text_words.words and "asked" not in page.text_words.words:
        return
    places = [match.span(1) for match in _ASK.finditer(page.text) if not page.is_repeated(*match.span())]
    answers = [_ANSWER.search(page.text, end, end + _SOON) for _, end in places]
    places = [
        place
        for place, answer in zip(places, answers, strict=True)
        if answer and "?" in page.text[place[1] : answer.start() + 1]
    ]
    answer = next(filter(None, answers), None)
    if places and answer is not None:
        noun = "Question" if answer[1] else "Q"
        yield page.finding(
            RULE.label,
            places,
            f"“{page.text[slice(*places[0])]}” labels a question, as 问 does; write “{noun}”.",
            "warning",
            "high",
            suggestion=noun,
            fixes=tuple(Fix(*place, noun) for place in places),
        )


RULE = Rule("GAR328", "question-label", "calque", "Accuracy / mistranslation", "warning", "high", check, __doc__ or "")
