"""What is broken and where: the commonest faults, the worst pages, what is to be done with pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.corpus.report.values import BadPage, Fault, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TRIAGE = ("re-scrape", "retranslate", "mend", "fine")
SHOWN_QUOTE = 160  # characters of a fault
_FURNITURE = "furniture"  # lines of the site, no fault of a text
_SERIOUS = f"f.severity <> 'info' AND f.category <> '{_FURNITURE}'"


def commonest_faults(con: DuckDBPyConnection, most: int, since: int | None = None) -> tuple[Fault, ...]:
    """Faults above notes, the same words under the same rule taken together, those on most pages first.

    ``since`` leaves only findings that are new since that run.
    """
    serious = _SERIOUS + (f" AND f.since >= {int(since)}" if since is not None else "")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE said AS
        SELECT rule, quote, suggestion, count(*) AS findings, min(document) AS document FROM findings f WHERE {serious}
        GROUP BY rule, quote, suggestion"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE alike AS
        SELECT rule, quote, suggestion, findings, first(quote) OVER same AS shown, min(document) OVER same AS example,
            (dense_rank() OVER (ORDER BY findings_of_all DESC, rule, folded, lower(suggestion)))::INTEGER AS number
        FROM (SELECT *, sum(findings) OVER (PARTITION BY rule, folded, lower(suggestion)) AS findings_of_all
            FROM (SELECT *, lower(left(regexp_replace(quote, '\\s+', ' ', 'g'), {SHOWN_QUOTE})) AS folded FROM said))
        WINDOW same AS (PARTITION BY rule, folded, lower(suggestion) ORDER BY findings DESC, quote
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        QUALIFY number <= {2 * int(most)}"""
    )
    rows = con.execute(
        f"""WITH counted AS (
            SELECT a.number, count(DISTINCT f.document) AS pages, sum(f.count)::BIGINT AS places,
                bool_or(f.severity = 'error') AS error, any_value(f.name) AS name, any_value(f.concept) AS concept,
                any_value(f.zh) AS zh
            FROM findings f JOIN alike a ON f.rule = a.rule AND f.quote = a.quote
                AND f.suggestion IS NOT DISTINCT FROM a.suggestion
            WHERE {serious} GROUP BY a.number)
        SELECT a.rule, c.name, c.error, a.shown, a.suggestion, c.concept, c.zh, c.pages, c.places, coalesce(p.address, p.label)
        FROM counted c JOIN alike a ON a.number = c.number AND a.quote = a.shown
            JOIN pages p ON p.document = a.example
        QUALIFY row_number() OVER (PARTITION BY c.number ORDER BY a.findings DESC, a.suggestion) = 1
        ORDER BY c.pages DESC, c.places DESC, c.number LIMIT {int(most)}"""
    ).fetchall()
    return tuple(_fault(row) for row in rows)


def _fault(row: tuple[object, ...]) -> Fault:
    rule, name, is_error, quote, suggestion, concept, zh, pages, places, example = row
    words = " ".join(str(quote).split())
    shown = words if len(words) <= SHOWN_QUOTE else words[:SHOWN_QUOTE].rsplit(" ", 1)[0] + "…"
    return Fault(
        str(rule), str(name), "error" if is_error else "warning", shown, _text(suggestion), _text(concept), _text(zh),
        int(str(pages)), int(str(places)), str(example),
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def faults_by_rule(con: DuckDBPyConnection) -> tuple[Fault, ...]:
    """Each rule with its pages and places, notes and furniture too; the quote is empty."""
    rows = con.execute(
        """SELECT f.rule, any_value(f.name),
            CASE WHEN bool_or(f.severity = 'error') THEN 'error' WHEN bool_or(f.severity = 'warning') THEN 'warning'
                ELSE 'info' END,
            count(DISTINCT f.document) AS pages, sum(f.count)::BIGINT, min(p.label)
        FROM findings f JOIN pages p USING (document) GROUP BY f.rule ORDER BY pages DESC, f.rule"""
    ).fetchall()
    return tuple(Fault(rule, name, worst, "", None, None, None, *rest) for rule, name, worst, *rest in rows)


def worst_pages(con: DuckDBPyConnection, most: int) -> tuple[BadPage, ...]:
    """The pages with most errors and warnings, an error counting three times; times their visits where these are known.

    Pages that repeat another are not listed: they are counted beside it, and so are their visits.
    """
    rows = con.execute(
        f"""WITH counted AS (
            SELECT f.document,
                coalesce(sum(f.count) FILTER (f.severity = 'error'), 0)::BIGINT AS errors,
                coalesce(sum(f.count) FILTER (f.severity = 'warning'), 0)::BIGINT AS warnings,
                coalesce(sum(f.count) FILTER (f.severity = 'info'), 0)::BIGINT AS notes
            FROM findings f WHERE f.category <> '{_FURNITURE}' GROUP BY f.document),
        twins AS (SELECT duplicate_of AS document, count(*) AS twins FROM pages WHERE duplicate_of IS NOT NULL GROUP BY 1),
        known AS (SELECT count(*) > 0 AS visits FROM visits),
        worst AS (
            SELECT p.*, c.errors, c.warnings, c.notes, coalesce(t.twins, 0) AS twins,
                CASE WHEN known.visits THEN coalesce(v.visits, 0) END AS visits,
                (3 * c.errors + c.warnings) * CASE WHEN known.visits THEN coalesce(v.visits, 0) ELSE 1 END AS weight
            FROM counted c JOIN pages p USING (document) LEFT JOIN twins t USING (document)
                LEFT JOIN visits v USING (document), known
            WHERE c.errors + c.warnings > 0
            ORDER BY weight DESC, 3 * c.errors + c.warnings DESC, p.path, p.record LIMIT {int(most)}),
        common AS (
            SELECT f.document, arg_max(f.rule || ' ' || f.name, (f.count, -f.number)) AS commonest
            FROM (SELECT document, rule, name, sum(count) AS count, min(number) AS number FROM findings f
                WHERE {_SERIOUS} AND document IN (SELECT document FROM worst) GROUP BY ALL) f
            GROUP BY f.document)
        SELECT label, address, id, site, triage, reasons, words, errors, warnings, notes, twins, visits, commonest
        FROM worst JOIN common USING (document)
        ORDER BY weight DESC, 3 * errors + warnings DESC, path, record"""
    ).fetchall()
    return tuple(BadPage._make((*row[:5], tuple(row[5]), *row[6:])) for row in rows)


def verdicts(con: DuckDBPyConnection) -> tuple[Verdict, ...]:
    """How many pages are to be scraped or translated again, mended, or are fine, and why."""
    counts = {
        triage: (pages, repeats)
        for triage, pages, repeats in con.execute(
            "SELECT triage, count(*), count(duplicate_of) FROM pages GROUP BY triage"
        ).fetchall()
    }
    reasons = con.execute(
        """SELECT triage, reason, count(DISTINCT document) AS pages FROM (
            SELECT document, triage, CASE WHEN reason LIKE 'repeats %' THEN 'repeats another page'
                ELSE regexp_replace(regexp_replace(replace(reason || '.', 'fault.', 'faults.'), '^[\\d.,]+% of', 'part of'),
                    '^[\\d.,]+ (.*)[.]$|[.]$', '\\1') END AS reason
            FROM (SELECT document, triage, unnest(reasons) AS reason FROM pages))
        GROUP BY ALL ORDER BY pages DESC, reason"""
    ).fetchall()
    order = [*TRIAGE, *sorted(counts.keys() - set(TRIAGE))]
    return tuple(
        Verdict(
            triage, *counts[triage], tuple((words, pages) for verdict, words, pages in reasons if verdict == triage)
        )
        for triage in order
        if triage in counts
    )
