"""Collects what the rows of one file say: sightings, refusals and remarks.

Organisations that rows mention in passing (regions, commissioners) come before those that the rows are
about, so that a reader meets a parent before its children.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from remit.engines.layouts import texts
from remit.engines.layouts.days import NotADay, day
from remit.engines.layouts.figures import Figures, NotAFigure
from remit.engines.layouts.geography import ONS_PREFIX, place_kind, relation_to
from remit.engines.layouts.headers import Row, Table
from remit.engines.layouts.readings import (
    Claim,
    Kind,
    ListCount,
    PaymentColumn,
    PaymentRow,
    Problem,
    Reading,
    Sighting,
    SuccessionRow,
)
from remit.kernel.period import NhsYear

Progress = Callable[[int, int], None]
Days = tuple[date | None, date | None]
REPORT_EVERY = 500
"""Rows between two reports of progress."""


_WRONG_LENGTH = (
    "This row has {cells} cells and the header {width}. Put quotes around a cell that holds a comma; "
    "if the row breaks off, download the file again."
)


class RowRefused(Exception):
    """This row cannot be kept: why, and where."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value
        self.message = message


class Columns:
    """The columns of a table by meaning: quick access to the cells of one row."""

    def __init__(self, table: Table) -> None:
        self.at = {meaning: at for at, meaning in reversed(list(enumerate(table.meanings))) if meaning}
        self.width = len(table.labels)
        self._labels = table.labels
        self._figures = Figures()

    def label(self, meaning: str) -> str:
        """The label of the column of this meaning, as printed."""
        at = self.at.get(meaning)
        return "" if at is None else self.label_at(at)

    def label_at(self, at: int) -> str:
        """The label of the column at a position, from 0, as printed."""
        return self._labels[at].strip() or f"column {at + 1}"

    def text(self, row: Row, meaning: str) -> str:
        """The cell, squeezed; "" when the file has no such column or the cell says not known."""
        at = self.at.get(meaning)
        return "" if at is None else texts.known(row[at])

    def code(self, row: Row, meaning: str) -> str:
        """An organisation code, or "" where none is given. Refuses the row if it cannot be one."""
        at = self.at.get(meaning)
        if at is None:
            return ""
        found = texts.code(texts.known(row[at]))
        if not found or texts.is_ods(found):
            return found
        raise RowRefused(
            self.label(meaning),
            row[at].strip(),
            "This is not an organisation code (3 to 12 letters and digits). Correct it, or leave it empty.",
        )

    def practice(self, row: Row, meaning: str = "practice_code") -> str:
        """The practice's code. Refuses the row unless it is a letter and five digits."""
        found = texts.code(row[self.at[meaning]])
        if not texts.is_practice(found):
            raise RowRefused(
                self.label(meaning),
                row[self.at[meaning]].strip(),
                "This is not a practice code (a letter and five digits). "
                "Correct it, or delete the row if it is a total or a note.",
            )
        return found

    def network(self, row: Row) -> str:
        """The code of the practice's primary care network, "" where it is in none that is known."""
        at = self.at.get("pcn_code")
        return "" if at is None or texts.says_no_pcn(row[at].strip()) else self.code(row, "pcn_code")

    def day(self, row: Row, meaning: str) -> date | None:
        """The day in a cell, None where there is none. Refuses the row if it is not a day."""
        at = self.at.get(meaning)
        if at is None:
            return None
        try:
            return day(row[at])
        except NotADay as error:
            raise RowRefused(self.label(meaning), row[at].strip(), str(error)) from error

    def open_and_close(self, row: Row) -> tuple[date | None, date | None]:
        """The open and close dates. Refuses the row if it closes before it opens."""
        opened, closed = self.day(row, "open_date"), self.day(row, "close_date")
        if opened is not None and closed is not None and closed < opened:
            raise RowRefused(
                self.label("close_date"),
                f"{closed:%d/%m/%Y}",
                f"It closes before it opens ({opened:%d/%m/%Y}). Correct one of the two dates.",
            )
        return opened, closed

    def figure(self, row: Row, meaning: str) -> Decimal | None:
        """The number in a cell, None where there is none. Refuses the row if it is not a number."""
        at = self.at.get(meaning)
        return None if at is None else self.figures(row, (at,))[0]

    def figures(self, row: Row, positions: Sequence[int]) -> tuple[Decimal | None, ...]:
        """The numbers in some cells. Refuses the row if one is not a number."""
        known = self._figures
        try:
            return tuple([known[row[at]] for at in positions])
        except NotAFigure as error:
            at = next(at for at in positions if row[at] == error.cell)
            raise RowRefused(self.label_at(at), error.cell.strip(), error.message) from error


class Gathering:
    """What the rows of one file have said so far."""

    def __init__(self) -> None:
        self.refused: list[Problem] = []
        self.remarks: list[Problem] = []
        self.practices: set[str] = set()
        self.commissioners: set[str] = set()
        self._primary: list[Sighting] = []
        self._others: dict[Hashable, Sighting] = {}
        self._said: set[Hashable] = set()
        self._seen: dict[Hashable, int] = {}

    def remark(self, row: int | None, column: str, value: str, message: str) -> None:
        """Note something odd that is kept."""
        self.remarks.append(Problem(row, column, value, message))

    def see(self, code: str, row: int, claims: Iterable[Claim | None]) -> None:
        """What a row says about the organisation that it is about."""
        self._primary.append(Sighting(code, row, tuple(claim for claim in claims if claim is not None)))

    def mention(
        self, code: str, row: int, claims: Iterable[Claim | None], *, column: str, when: Hashable = None
    ) -> None:
        """What a row says in passing about another organisation. The first row to say a thing wins.

        A later row that says otherwise gets a remark, once for each different value. `when` keeps apart
        what is said of different years.
        """
        said = tuple(claim for claim in claims if claim is not None)
        known = self._others.get((code, when))
        if known is None:
            self._others[code, when] = Sighting(code, row, said)
            return
        held = {claim.about: claim.value for claim in known.claims}
        new = tuple(claim for claim in said if claim.about not in held)
        if new:
            self._others[code, when] = Sighting(code, known.row, known.claims + new)
        for claim in said:
            first = held.get(claim.about, claim.value)
            if first != claim.value and (code, when, claim.about, claim.value) not in self._said:
                self._said.add((code, when, claim.about, claim.value))
                what = claim.about.replace("_", " ")
                self.remark(
                    row,
                    column,
                    claim.value,
                    f"The {what} of {code} is “{first}” on row {known.row} and “{claim.value}” here. "
                    "The first was kept.",
                )

    def mention_place(
        self, code: str, name: str, row: int, on: date, days: Days, *, firm: bool, ons: str = ""
    ) -> Claim | None:
        """Mention a region, area team, local office, partnership or board by name.

        Returns the claim to belong to it on those days, or None when the code is not a place's.
        """
        kind = place_kind(code, on)
        if kind is None:
            return None
        claims = (
            Claim("kind", kind, *days, False),
            Claim("name", name, *days, firm) if name else None,
            Claim("ons_code", ons, *days, firm) if ons.startswith(ONS_PREFIX[kind]) else None,
        )
        self.mention(code, row, claims, column=kind.replace("_", " "), when=days)
        return Claim(relation_to(kind), code, *days, firm)

    def once(self, key: Hashable, row: int, column: str, value: str, message: str) -> None:
        """Refuse the row if another row was about the same thing. `{row}` in the message is that row."""
        first = self._seen.setdefault(key, row)
        if first != row:
            raise RowRefused(column, value, message.format(row=first))

    def new(self, key: Hashable) -> bool:
        """Whether this is the first time that the key is met (to skip work on rows that repeat)."""
        if key in self._said:
            return False
        self._said.add(key)
        return True

    def take_each(
        self, table: Table, width: int, take: Callable[[int, Row], None], progress: Progress | None
    ) -> None:
        """Hand each data row and its number to `take`; a row that it refuses becomes a problem.

        A row with more cells than the header, or cut short, is refused whole.
        """
        total = len(table.data)
        for done, (number, row) in enumerate(table.data):
            if progress is not None and done % REPORT_EVERY == 0:
                progress(done, total)
            try:
                cells = table.cut.get(number, len(row))
                if cells < width or (cells > width and any(cell.strip() for cell in row[width:])):
                    raise RowRefused("", "", _WRONG_LENGTH.format(cells=cells, width=width))
                take(number, row)
            except RowRefused as refused:
                self.refused.append(Problem(number, refused.column, refused.value, refused.message))
        if progress is not None:
            progress(total, total)

    def reading(
        self,
        table: Table,
        *,
        kind: Kind,
        layout: str,
        title: str,
        as_of: date,
        year: NhsYear | None = None,
        lists: Iterable[ListCount] = (),
        payment_columns: Iterable[PaymentColumn] = (),
        payments: Iterable[PaymentRow] = (),
        successions: Iterable[SuccessionRow] = (),
    ) -> Reading:
        """All that was gathered, as a `Reading`."""
        return Reading(
            kind=kind,
            layout=layout,
            title=title,
            year=year,
            as_of=as_of,
            rows=len(table.data),
            sightings=(*self._others.values(), *self._primary),
            lists=tuple(lists),
            payment_columns=tuple(payment_columns),
            payments=tuple(payments),
            successions=tuple(successions),
            refused=tuple(self.refused),
            remarks=tuple(self.remarks),
            practices=frozenset(self.practices),
            commissioners=frozenset(self.commissioners),
            columns=table.readings(),
        )

    def postcode(self, cell: str, row: int, column: str) -> str:
        """The postcode in its canonical form; a remark when it does not look like one."""
        text, good = texts.postcode(cell)
        if not good:
            self.remark(row, column, text, "This does not look like a postcode. It was kept as it is.")
        return text
