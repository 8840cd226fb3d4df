"""``yigai glossary stats``: what a glossary holds, in figures."""

from __future__ import annotations

from collections import Counter

from checker.cli.glossary.folder import Folder, working_folder

STRONG = ("law", "official", "state media", "international", "journal")


def stats(path: Folder = None) -> None:
    """Count concepts, forms, patterns, morphemes and sources."""
    from glossary.working_tree import read_tree

    tree = read_tree(working_folder(path))
    concepts = tree.glossary.concepts
    fields = Counter(concept.field for concept in concepts)
    statuses: Counter[str] = Counter(concept.status for concept in concepts)
    print(f"{len(concepts)} concepts in {len(fields)} fields: {_listed(statuses)}")
    print(f"fields        {_listed(fields)}")
    forms = {
        "Chinese": sum(len(concept.chinese) for concept in concepts),
        "preferred": len(concepts),
        "admitted": sum(len(concept.admitted) for concept in concepts),
        "abbreviations": sum(len(concept.abbreviations) for concept in concepts),
        "deprecated": sum(len(concept.deprecated) for concept in concepts),
        "wrong": sum(len(concept.wrong) for concept in concepts),
        "patterns": sum(len(concept.patterns) for concept in concepts),
    }
    print(f"forms         {_listed(Counter(forms))}")
    print(f"with patterns {sum(bool(concept.patterns) for concept in concepts)} concepts")
    triggers = Counter(
        "+".join(sorted(item.trigger)) or "rule"
        for concept in concepts
        for item in (*concept.wrong, *concept.deprecated, *concept.patterns)
    )
    print(f"triggers      {_listed(triggers)}")
    marked = sum(len(entry.get("marked", ())) for _, entry in tree.morphemes)
    plain = sum(len(entry.get("plain", ())) for _, entry in tree.morphemes)
    print(f"morphemes     {len(tree.morphemes)} classes, {marked} marked and {plain} plain members")
    kinds = Counter(source.kind or "unlisted" for concept in concepts for source in concept.sources)
    print(f"sources       {_listed(kinds)}")
    approved = [concept for concept in concepts if concept.status == "approved"]
    strong = sum(any(source.kind in STRONG for source in concept.sources) for concept in approved)
    if approved:
        print(f"evidence      {strong} of {len(approved)} approved concepts ({strong / len(approved):.0%}) rest on "
              "law, official, state media, international or journal pages")  # fmt: skip
    if tree.problems:
        print(f"not counted   {len(tree.problems)} mistakes: run `yigai glossary lint`")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())
