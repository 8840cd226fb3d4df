"""Pages checked by Apache Spark, on one machine or many: the same check in each task, the glossary sent once.

In a notebook::

    from checker.batch.spark import check_pages, session, tables
    from glossary import load

    spark = session("spark://head:7077")
    checked = check_pages(spark, spark.read.parquet("s3a://crawl/pages"), load("house-style.yaml"))
    tables(checked)["findings"].write.parquet("s3a://crawl/findings")

yigai must be installed, in the same version, wherever a task may run.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.batch.checked_rows import Accepted, Place, Row, clean, error_row, place_of, rows_of, schema, unchanged_row
from checker.batch.containers import ContainerError, Fields, File
from checker.batch.containers.fields import record_page, settled
from checker.batch.intake import Intake
from checker.batch.journal import PageKeys
from checker.batch.processes import Limits, Workers
from checker.batch.raw_page import RawPage
from checker.batch.run import Run
from checker.batch.seen import Seen
from checker.batch.worker import CheckerWork, Task
from checker.config import ConfigError
from checker.finding import CheckError
from checker.options import Options
from checker.readers import BY_CONTENT, Reading
from checker.readers.walk import Listing

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    from glossary import Glossary

BATCH = 200
"""How many pages Spark hands to a task at a time."""

_FILE = 1 << 32  # pages that a file may have, to number the pages of many
_PAGES = (
    "number long, path string, page string, name string, content binary, format string, date string, reason string, "
    "message string"
)


class Check(NamedTuple):
    """How pages are checked: what each task is sent.

    ``by_path`` holds the options of files that have others, ``accepted`` what is accepted in files; ``settings`` begins the keys of pages, ``known`` the keys
    that need not be checked. ``texts`` says whether rows hold texts, ``given`` is as of `checker.batch.site.site_of`.
    """

    glossary: Glossary
    options: Options = Options()
    by_path: Mapping[str, Options] = {}
    accepted: Mapping[str, Accepted] = {}
    reading: Reading = BY_CONTENT
    limits: Limits = Limits()
    texts: bool = True
    settings: str = ""
    known: frozenset[str] = frozenset()
    given: tuple[str, ...] = ()


def session(master: str) -> SparkSession:
    """A session at ``master``; a local one is reached from this machine only. Raises ConfigError."""
    try:
        import pandas  # noqa: F401  # pyspark asks for it
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise ConfigError("running on Spark needs pyspark: pip install 'yigai[spark]'") from problem
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("yigai")
    builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", sys.stderr.isatty())
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    try:
        made = builder.getOrCreate()
    except Exception as problem:  # of whatever kind: there is no Java, or nobody at that address
        raise ConfigError(f"Spark cannot be started at {master}: {str(problem).partition(chr(10))[0]}") from problem
    made.sparkContext.setLogLevel("ERROR")
    return made


def read_pages(spark: SparkSession, paths: Sequence[str], fields: Fields | None = None) -> DataFrame:
    """The pages of files, each a page or a file of many pages, as a run on one machine reads them.

    The files must be found under these paths wherever a task may run.
    """
    wanted = fields or Fields()

    def read(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for file in batch.to_pylist():
                yield from _batches(_pages_of(file["file"], file["path"], file["at"], wanted), _page_schema())

    # Tasks have working folders of their own.
    rows = [(number, path, os.path.abspath(path)) for number, path in enumerate(paths)]
    parts = min(len(rows), 16 * spark.sparkContext.defaultParallelism) or 1
    files = spark.createDataFrame(rows, "file long, path string, at string").repartition(parts)
    # A file of many pages is read by one task, and its pages are checked by all.
    return files.mapInArrow(read, _PAGES).repartition(_parts(spark))


def check_pages(
    spark: SparkSession,
    frame: DataFrame,
    check: Check | Glossary,
    path: str = "frame",
    fields: Fields | None = None,
) -> DataFrame:
    """Check pages; a row for each document of a page, with the columns of `checker.batch.checked_rows.schema`.

    ``frame`` comes from `read_pages`, or has a row for each page with its text or HTML, its address, which should be
    there once, and its date, in columns that are guessed or said by ``fields``; then ``path`` is what its pages are
    reported under. Repeated pages are checked too: those of one text have the same ``exact``. Raises ConfigError.
    """
    given = check if isinstance(check, Check) else Check(check)
    pages = frame if "content" in frame.columns and "page" in frame.columns else _as_pages(frame, path, fields)
    sent = spark.sparkContext.broadcast(given)

    def checked(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return _batches(_checked(sent.value, (row for batch in batches for row in batch.to_pylist())), schema())

    from pyspark.sql.pandas.types import from_arrow_schema

    return pages.mapInArrow(checked, from_arrow_schema(schema()))


def tables(checked: DataFrame) -> dict[str, DataFrame]:
    """The rows of `check_pages` as tables of the store's names and columns; a document is known by path and record."""
    from pyspark.sql.functions import col, inline

    good = checked.where(col("state") == "checked")
    leaves = ("metrics", "mentions", "findings")
    apart = ("number", "part", "state", "duplicate_path", "duplicate_record", "text", "source", "reason", "message")
    return {
        "documents": good.drop(*leaves, *apart),
        "texts": good.select("path", "record", "text", "source").where(col("text").isNotNull()),
        "errors": checked.where(col("state") == "error").select("path", "record", "reason", "message"),
        **{name: good.select("path", "record", inline(col(name))) for name in leaves},
    }


def _parts(spark: SparkSession) -> int:
    """Into how many tasks the check is cut: some for each processor, since pages take unequal time."""
    return 2 * int(spark.sparkContext.defaultParallelism)


def _page_schema() -> pyarrow.Schema:
    import pyarrow as pa

    kinds = {"number": pa.int64(), "content": pa.binary()}
    return pa.schema([(part.split()[0], kinds.get(part.split()[0], pa.string())) for part in _PAGES.split(", ")])


def _batches(rows: Iterator[Row], made_of: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    held: list[Row] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row.get("content") or row.get("text") or b"")
        if len(held) >= BATCH or size > 8_000_000:
            yield pyarrow.RecordBatch.from_pylist(held, schema=made_of)
            held, size = [], 0
    yield pyarrow.RecordBatch.from_pylist(held, schema=made_of)


def _pages_of(file: int, path: str, at: str, fields: Fields) -> Iterator[Row]:
    """The pages of a file ``at`` a place that is reported as ``path``, ``file`` in the order of all."""
    seen = Seen()
    try:
        for number, item in enumerate(Intake(Listing((at,), 0), seen.times, fields), file * _FILE):
            yield _page_row(number, item._replace(path=path))
    finally:
        seen.close()


def _page_row(number: int, item: RawPage | CheckError) -> Row:
    if isinstance(item, CheckError):
        at: Row = {"number": number, "path": item.path, "page": item.record}
        return at | {"reason": item.reason, "message": item.message}
    at = {"number": number, "path": item.path, "page": item.record, "name": item.name}
    return at | {"content": item.content, "format": item.format, "date": item.date}


def _as_pages(frame: DataFrame, path: str, fields: Fields | None) -> DataFrame:
    from pyspark.sql.functions import col, monotonically_increasing_id

    try:
        found = settled(frame.columns, fields or Fields(), "the frame")
    except ContainerError as problem:
        raise ConfigError(str(problem)) from problem
    columns = [col(name).cast("string") for name in found if name is not None]

    def pages(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return _batches((page(row) for batch in batches for row in batch.to_pylist()), _page_schema())

    def page(values: Row) -> Row:
        number = values.pop("_number")
        return _page_row(number, record_page(File(path, path), f"row {number + 1}", values, found, 0))

    return frame.select(*columns, monotonically_increasing_id().alias("_number")).mapInArrow(pages, _PAGES)


def _checked(check: Check, pages: Iterator[Mapping[str, Any]]) -> Iterator[Row]:
    """The rows of pages, checked by a process of this task, so that a fault costs one page alone."""
    places: deque[Place] = deque()
    unchanged: list[Row] = []
    keys = PageKeys()

    def taken() -> Iterator[RawPage | CheckError]:
        for row in pages:
            if row["content"] is None:
                error = CheckError(row["path"], row["page"], row["reason"], row["message"])
                places.append(Place(row["number"], clean(error.path), clean(error.record or "")))
                yield error
                continue
            page = RawPage(row["path"], row["page"], row["name"], row["content"], row["format"], row["date"])
            task = task_of(page)
            key = check.settings + keys.of(page, task.options, task.accepted)
            place = place_of(row["number"], page, key)
            if key in check.known:
                unchanged.append(unchanged_row(place))
            else:
                places.append(place)
                yield page

    def task_of(page: RawPage) -> Task:
        return Task(page, check.by_path.get(page.path, check.options), check.accepted.get(page.path, {}))

    def zh_of(concept_id: str) -> str:
        concept = check.glossary.concept(concept_id)
        assert concept is not None  # it was mentioned
        return concept.zh

    arguments = (check.glossary, check.options, check.reading, check.texts)
    workers = Workers(1, check.limits, CheckerWork.shipped, arguments)
    seen = Seen()
    try:
        for done in Run(workers, task_of, seen, duplicates="all").outcomes(taken()):
            yield from unchanged
            unchanged.clear()
            place = places.popleft()
            if done.page is None:
                yield from (error_row(place, error) for error in done.outcome.errors)
            else:
                entries = check.accepted.get(done.page.path, {})
                yield from rows_of(place, done, entries, zh_of, done.outcome.texts, check.given)
        yield from unchanged
    finally:
        seen.close()
