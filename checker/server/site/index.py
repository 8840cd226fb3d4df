"""What the search of the static pages looks through: for each concept its names, Chinese in both scripts, pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from glossary import Concept
from glossary.chinese import traditional_forms
from glossary.search import english_forms, letters, pinyin


def search_rows(concepts: Sequence[Concept]) -> list[list[object]]:
    """A row for each concept: id, preferred, Chinese, pinyin with tones, field, Chinese forms, pinyin letters, English.

    The Chinese forms are in Simplified and Traditional; the English ones, wrong ones too, in lower case.
    """
    rows: list[list[object]] = []
    for concept in concepts:
        chinese = list(dict.fromkeys(concept.chinese))
        both = dict.fromkeys([*chinese, *(other for form in chinese for other in traditional_forms(form))])
        english = dict.fromkeys(form.lower() for form in english_forms(concept))
        sound = pinyin(concept.zh)
        sounds = dict.fromkeys(filter(None, (letters(pinyin(form)) for form in chinese)))
        rows.append(
            [concept.id, concept.preferred, concept.zh, sound, concept.field, list(both), list(sounds), list(english)]
        )
    return rows
