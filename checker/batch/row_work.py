"""What a worker does with pages that go into a store: it makes their rows, so that the parent only writes them down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.batch.checked_rows import OF_THE_PAGE, Row, place_of, rows_of
from checker.batch.outcome import Outcome, bare, encoded
from checker.batch.run import Done
from checker.batch.worker import CheckerWork, Documents, Task
from checker.options import Options
from checker.readers import Reading


class RowWork(CheckerWork):
    """As `CheckerWork`, with the rows of each page; ``given`` as of `checker.batch.site.site_of`."""

    def __init__(
        self,
        layers: tuple[str, ...],
        signature: str,
        options: Options,
        reading: Reading,
        texts: bool,
        given: Sequence[str],
    ) -> None:
        super().__init__(layers, signature, options, reading, texts)
        self._given = given

    def check(self, tasks: Sequence[tuple[Task, Documents]]) -> Iterator[Outcome]:
        """As of `Work`."""
        for (task, _), outcome in zip(tasks, super().check(tasks), strict=True):
            done, at = Done(task.page, outcome), place_of(0, task.page)
            rows = rows_of(at, done, task.accepted or {}, self._zh, outcome.texts, self._given)
            yield Outcome(tuple(bare(item.report) for item in outcome.checked), outcome.errors, (), rows_to_json(rows))

    def _zh(self, concept_id: str) -> str:
        concept = self._checker.glossary.concept(concept_id)
        assert concept is not None  # it was mentioned
        return concept.zh


def rows_to_json(rows: Iterable[Row]) -> str:
    """The rows of one page, but for what is the same for all of them, as JSON in ASCII."""
    return encoded(
        [{name: value for name, value in row.items() if value is not None and name not in OF_THE_PAGE} for row in rows]
    )
