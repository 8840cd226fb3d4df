"""What the last run found that the one before had not, and how far a house style is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from checker.corpus.report.faults import TRIAGE, commonest_faults
from checker.corpus.report.names import Family
from checker.corpus.report.values import Change, Changes, ConceptUse, Progress
from checker.rules.names import bare_name
from glossary import Glossary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def last_runs(con: DuckDBPyConnection) -> tuple[int, int | None]:
    """The last run and the one before it; 0 for a store without runs."""
    rows = [row[0] for row in con.execute("SELECT run FROM runs ORDER BY run DESC LIMIT 2").fetchall()]
    return (rows[0] if rows else 0), (rows[1] if len(rows) > 1 else None)


def changes(con: DuckDBPyConnection, most: int) -> Changes:
    """The last run against the one before; without one nothing but its number."""
    last, before = last_runs(con)
    if before is None:
        return Changes(last, None, 0, 0, (), (), (), ())
    new = con.execute(
        "SELECT count(*), count(DISTINCT document) FROM findings WHERE since = ? AND category <> 'furniture'", [last]
    ).fetchone()
    findings, pages = new or (0, 0)
    moved = _moved(con, last, before)
    by_size = sorted(
        moved.get("rendering", ()), key=lambda item: (-abs(item.now - item.before), item.what, item.detail)
    )
    order = [*TRIAGE]
    triage = sorted(moved.get("triage", ()), key=lambda item: order.index(item.what) if item.what in order else 9)
    return Changes(
        last, before, findings, pages, commonest_faults(con, most, last), tuple(by_size[:most]),
        tuple(moved.get("rule", ())), tuple(triage),
    )  # fmt: skip


def _moved(con: DuckDBPyConnection, last: int, before: int) -> dict[str, list[Change]]:
    """By kind what stands on another number of pages than at the end of the run before."""
    rows = con.execute(
        """SELECT kind, key, detail, coalesce(sum(pages) FILTER (run = $before), 0)::BIGINT AS earlier,
            coalesce(sum(pages) FILTER (run = $last), 0)::BIGINT AS now
        FROM history WHERE run IN ($last, $before) AND kind IN ('rendering', 'rule', 'triage')
        GROUP BY kind, key, detail HAVING earlier <> now ORDER BY kind, key, detail""",
        {"last": last, "before": before},
    ).fetchall()
    made: dict[str, list[Change]] = {}
    for kind, key, detail, earlier, now in rows:
        made.setdefault(kind, []).append(Change(key, detail, earlier, now))
    return made


def progress(
    con: DuckDBPyConnection,
    glossary: Glossary,
    concepts: Sequence[ConceptUse],
    families: Mapping[str, Sequence[Family]],
) -> tuple[Progress, ...]:
    """For each concept that a house style settles: pages and places under that name, before and now."""
    last, before = last_runs(con)
    settled = [use for use in concepts if use.settled]
    if not settled:
        return ()
    places = _places(con, [use.concept for use in settled], (last, before))
    made = []
    for use in settled:
        chosen = next((f.number for f in families[use.concept] if f.name == use.settle_on), -1)
        comply = con.execute(
            """SELECT count(*) FROM (SELECT page FROM named WHERE list_contains($names, number)
                GROUP BY page HAVING bool_and(number = $chosen))""",
            {"names": [f.number for f in families[use.concept]], "chosen": chosen},
        ).fetchone()
        shares = [_share(places[use.concept, run], use, glossary) for run in (before, last) if run is not None]
        made.append(
            Progress(
                use.concept, use.zh, use.settle_on, comply[0] if comply else 0, use.pages,
                shares[0] if before is not None else None, shares[-1],
            )
        )  # fmt: skip
    return tuple(made)


def _places(
    con: DuckDBPyConnection, concepts: Sequence[str], runs: Sequence[int | None]
) -> dict[tuple[str, int | None], dict[str, int]]:
    """By concept and run the places of each rendering, as at the end of the run."""
    rows = con.execute(
        """SELECT key, detail, run, places FROM history
        WHERE kind = 'rendering' AND list_contains($concepts, key) AND list_contains($runs, run)""",
        {"concepts": list(concepts), "runs": [run for run in runs if run is not None]},
    ).fetchall()
    made: dict[tuple[str, int | None], dict[str, int]] = defaultdict(dict)
    for concept, rendering, run, count in rows:
        made[concept, run][rendering] = count
    return made


def _share(places: Mapping[str, int], use: ConceptUse, glossary: Glossary) -> tuple[int, int]:
    """The places under the settled name, and all."""
    concept = glossary.concept(use.concept)
    bad = {rendering for name in use.names if not name.approved for rendering in name.renderings}
    wanted = bare_name(concept, use.settle_on)
    own = sum(n for item, n in places.items() if item not in bad and bare_name(concept, item) == wanted)
    return own, sum(places.values())
