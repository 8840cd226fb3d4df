"""``yigai corpus add --engine spark``: the run is Spark's, the rows go into the same store."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from checker.acceptance.run import Acceptance
from checker.batch.checked_rows import clean
from checker.batch.processes import Limits
from checker.batch.seen import Seen
from checker.batch.spark import Check, check_pages, read_pages, session
from checker.cli.batch import Asked, BatchOptions
from checker.cli.corpus.running import Failures, Order, open_journal, settings_key
from checker.config import ConfigError
from checker.corpus.adding import Added, take_in
from checker.corpus.spark_rows import SparkRows
from checker.corpus.store import database, open_store
from checker.pipeline import Checker
from checker.readers.walk import Listing


def add_by_spark(
    checker: Checker, listing: Listing, asked: Asked, options: BatchOptions, order: Order, master: str
) -> Added:
    """Check the pages of a listing that the store does not hold yet at ``master``, and take them in.

    Raises ConfigError, OSError.
    """
    if options.duplicates == "near":
        raise ConfigError("on Spark --duplicates is exact or all: near duplicates are only looked for by one machine")
    settings = settings_key(checker, asked)
    paths = [entry for entry in listing.entries if isinstance(entry, str)]
    by_path = {path: chosen for path in paths if (chosen := checker.options_of(path)) != checker.options}
    files = Acceptance(checker.rules)
    accepted = {path: entries for path in paths if (entries := files.entries_of(path))}
    limits = Limits(options.seconds, options.memory * 1024 * 1024 or None)
    folder = Path(f"{order.store}.spark").absolute()
    with contextlib.closing(Seen()) as seen:
        journal = open_journal(f"{order.store}.journal", {"settings": settings}, seen, order.wait)
        with contextlib.closing(journal):
            known = _known(order, settings)
            check = Check(
                checker.glossary,
                checker.options,
                by_path,
                accepted,
                asked.reading,
                limits,
                order.texts,
                settings,
                known,
                order.given,
            )
            spark = session(master)
            try:
                checked = check_pages(spark, read_pages(spark, paths, options.fields), check)
                checked.write.mode("overwrite").parquet(folder.as_uri())
            finally:
                spark.stop()
            rows = SparkRows(str(folder), options.duplicates == "exact", [clean(path) for path in paths])
            failures = _failures(rows, listing)
            whole = sorted(set(map(clean, paths)) - failures.files)
            added = take_in(order.store, rows, checker.signature, order.begun, whole, order.wait)
            shutil.rmtree(folder)
            journal.delete()
    return added


def _known(order: Order, settings: str) -> frozenset[str]:
    """The keys of pages that need not be checked again."""
    if not os.path.lexists(order.store):
        return frozenset()
    with contextlib.closing(open_store(order.store, wait=order.wait)) as store:
        query = "SELECT page_key FROM documents WHERE duplicate_of IS NULL AND starts_with(page_key, ?)"
        return frozenset(key for (key,) in store.execute(query, [settings]).fetchall())


def _failures(rows: SparkRows, listing: Listing) -> Failures:
    """What could not be checked, told of."""
    made = Failures(listing)
    with contextlib.closing(database().connect()) as connection:
        for path, record, message in rows.errors(connection):
            made.tell(path, record, message)
    made.end()
    return made
