"""The pages of a store as the report sees them, with what a mapping and a traffic table say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.corpus.mapping import address_sql, mapping_table, traffic_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LABEL = "CASE WHEN record = '' THEN path ELSE path || ' [' || record || ']' END"
"""What a page is called, as an expression over its path and record."""


def prepare_pages(con: DuckDBPyConnection, mapping: str | None, traffic: str | None) -> list[str]:
    """Make the temporary tables ``pages`` and ``visits``; returns notes on rows of the files that match no page.

    ``pages``: document, page (numbers from 0 in order of path and record), label, path, record, site, section, year,
    engine, id, address, address_key, words, triage, reasons, duplicate_of. ``visits``: document, visits; those of a page that repeats another count for that one.
    Raises ConfigError for a file that cannot be used.
    """
    notes = []
    if mapping is not None:
        lost = mapping_table(con, mapping)
        if lost:
            notes.append(f"{mapping}: {lost:,} {'row matches' if lost == 1 else 'rows match'} no page of the store")
    else:
        columns = ", ".join(f"NULL::VARCHAR AS {name}" for name in ("address", "id", "site", "section", "engine"))
        con.execute(f"CREATE TEMP TABLE mapped AS SELECT NULL::BIGINT AS document, {columns} WHERE false")
    con.execute(
        f"""CREATE TEMP TABLE pages AS
        SELECT d.document, (row_number() OVER (ORDER BY d.path, d.record) - 1)::INTEGER AS page, {LABEL} AS label,
            d.path, d.record, coalesce(m.site, d.site) AS site,
            coalesce(m.section, d.section) AS section,
            nullif(regexp_extract(d.date, '^[12][0-9][0-9][0-9]'), '') AS year, m.engine, m.id,
            coalesce(m.address, CASE WHEN contains(d.page, '://') THEN d.page END) AS address,
            {address_sql("coalesce(m.address, CASE WHEN d.page <> '' THEN d.page ELSE d.path END)")} AS address_key,
            d.words, d.triage, d.reasons, d.duplicate_of
        FROM documents d LEFT JOIN mapped m USING (document)"""
    )
    con.execute("CREATE TEMP TABLE visits (document BIGINT, visits BIGINT)")
    if traffic is not None:
        lost = traffic_table(con, traffic)
        if lost:
            notes.append(f"{traffic}: {lost:,} {'row matches' if lost == 1 else 'rows match'} no page of the store")
        con.execute(
            """INSERT INTO visits SELECT coalesce(p.duplicate_of, p.document), sum(t.visits)
            FROM traffic t JOIN pages p USING (document) GROUP BY 1"""
        )
    return notes
