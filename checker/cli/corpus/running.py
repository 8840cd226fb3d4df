"""A run over pages whose rows go into a store: the journal beside the store, what the store knows, Ctrl-C."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from datetime import datetime
from typing import NamedTuple

from checker.acceptance.run import Acceptance
from checker.batch.checked_rows import Place, clean, error_row, place_of, rows_of, unchanged_row
from checker.batch.journal import BusyError, Journal
from checker.batch.row_work import RowWork, rows_to_json
from checker.batch.run import Done
from checker.batch.seen import Seen
from checker.cli.batch import Asked, BatchOptions, started
from checker.config import ConfigError
from checker.corpus.adding import Added, take_in
from checker.corpus.known import KnownPages
from checker.corpus.staging import Staging
from checker.corpus.store import open_store
from checker.finding import CheckError
from checker.pipeline import Checker
from checker.readers.walk import Listing
from checker.reports.visible import visible

_PAUSE = 0.2  # seconds between two tries
_TOLD = 20  # errors, one a line


class Order(NamedTuple):
    """Where the rows go: ``wait`` is in seconds, ``begun`` in UTC; ``given`` are the folders that were asked for."""

    store: str
    texts: bool
    wait: float
    begun: datetime
    given: tuple[str, ...] = ()


def add_pages(checker: Checker, listing: Listing, asked: Asked, options: BatchOptions, order: Order) -> Added | None:
    """Check the pages of a listing that the store does not hold yet and take them in; None when Ctrl-C has stopped it.

    Raises ConfigError, OSError.
    """
    settings = settings_key(checker, asked)
    paths = {clean(entry) for entry in listing.entries if isinstance(entry, str)}
    accepted = Acceptance(checker.rules)
    opened: list[tuple[KnownPages, Journal]] = []

    def journal_of(seen: Seen) -> KnownPages:
        made_so = {"settings": settings, "texts": str(order.texts), "folders": repr(order.given)}
        journal = open_journal(f"{order.store}.journal", made_so, seen, order.wait)
        known = KnownPages(settings, journal)
        opened.append((known, journal))
        if os.path.lexists(order.store):
            with contextlib.closing(open_store(order.store, wait=order.wait)) as connection:
                known.read(connection, paths, seen)
        return known

    with started(checker, listing, asked, options, accepted, journal_of, RowWork, order.texts, order.given) as begun:
        known, journal = opened[0]
        staging = Staging(f"{order.store}.adding")
        try:
            failures = Failures(listing)
            number = -1
            for number, done in enumerate(begun.outcomes()):
                for error in done.outcome.errors:
                    begun.bar.clear()
                    failures.tell(clean(error.path), clean(error.record or ""), error.message)
                key = known.full(done.key) if done.page is not None else ""
                staging.add(number, key, done.signature, _rows(done, known, order.given))
            begun.bar.close()
            failures.end()
            if begun.run.stopped:
                what = f"stopped after {number + 1:,} pages; the store is as it was; the same command goes on"
                print(visible(f"yigai: {what}"), file=sys.stderr)
                return None
            staging.finish()
            whole = sorted(paths - failures.files)
            added = take_in(order.store, staging, checker.signature, order.begun, whole, order.wait)
        finally:
            staging.close()
            staging.discard()
        journal.delete()
    return added


class Failures:
    """Tells of what could not be checked. ``files`` are those of which not all pages may have come."""

    def __init__(self, listing: Listing) -> None:
        self.files = {clean(entry.path) for entry in listing.entries if isinstance(entry, CheckError)}
        self._count = 0

    def tell(self, path: str, record: str, message: str) -> None:
        """One more, on standard error unless there are many."""
        self._count += 1
        if self._count <= _TOLD:
            print(visible(f"yigai: {path}{f' [{record}]' if record else ''}: {message}"), file=sys.stderr)
        if not record:
            self.files.add(path)

    def end(self) -> None:
        """Say how many more there were."""
        if self._count > _TOLD:
            more = f"{self._count - _TOLD:,} more could not be checked: they are in the table errors of the store"
            print(f"yigai: {more}", file=sys.stderr)


def _rows(done: Done, known: KnownPages, given: tuple[str, ...]) -> str:
    """The rows of a page, which its worker has made unless it need not or could not be checked."""
    if done.page is None:
        errors = done.outcome.errors
        return rows_to_json(
            error_row(Place(0, clean(error.path), clean(error.record or "")), error) for error in errors
        )
    at = place_of(0, done.page)
    if done.resumed and not done.repeats and known.is_kept(done.key):
        return rows_to_json([unchanged_row(at)])
    return done.outcome.rows or rows_to_json(rows_of(at, done, {}, str, (), given))


def settings_key(checker: Checker, asked: Asked) -> str:
    """What the keys of pages that are checked in one way begin with."""
    made = (checker.signature["version"], checker.signature["glossary"], asked.reading)
    return hashlib.blake2b(repr(made).encode(), digest_size=8).hexdigest()


def open_journal(path: str, signature: dict[str, str], seen: Seen, wait: float) -> Journal:
    """The journal, when no other run is writing it any more. Raises ConfigError."""
    until = time.monotonic() + wait
    said = False
    while True:
        try:
            return Journal(path, signature, seen, begin_anew=True)
        except BusyError as problem:
            if time.monotonic() >= until:
                store = path.removesuffix(".journal")
                raise ConfigError(
                    f"{store}: another run is adding to the store; try again when it is done"
                ) from problem
            if not said:
                print(
                    visible(f"yigai: waiting {wait:g} seconds for another run that is adding to the store"),
                    file=sys.stderr,
                )
                said = True
        time.sleep(_PAUSE)
