"""Patients registered at GP practices by sex and age: a row a practice (wide), or a row a band (long)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from remit.engines.layouts.bands import ALL_AGES, Ages, ages_of, band_label, bands_of, sex_of
from remit.engines.layouts.days import month_of
from remit.engines.layouts.gathering import Columns, Days, Gathering, Progress, RowRefused
from remit.engines.layouts.headers import Row, Table, find_table, unknown, with_rows
from remit.engines.layouts.meanings import LISTS_WORDS, PRINTED
from remit.engines.layouts.places import mention_commissioner, stated_day
from remit.engines.layouts.readings import Band, Claim, Kind, ListCount, Reading, UnknownLayout
from remit.engines.layouts.summaries import without_summaries

_LONG = ("practice_code", "sex", "age", "patients")
_NEEDED = {"practice_code": PRINTED["practice_code"]}
_USUAL = tuple(PRINTED[meaning] for meaning in ("registered", "sex", "age", "patients"))
_GP = frozenset({"GP", "GP PRACTICE", "PRACTICE"})
_WHOLE = "Patients are whole numbers, 0 or more. Correct it, or leave the cell empty if it is not known."


def read_lists(rows: list[Row], *, filename: str, as_of: date | None, progress: Progress | None) -> Reading:
    """Everything that a file of registered patients says, for the month that it describes."""
    table = find_table(Kind.LISTS, rows, LISTS_WORDS, _NEEDED, _USUAL)
    bands = {at: band for at, label in enumerate(table.labels) if (band := band_label(label))}
    meanings = [meaning or ("band" if at in bands else None) for at, meaning in enumerate(table.meanings)]
    table = table.having(meanings)
    is_long = _check(table, bool(bands))
    gathering = Gathering()
    table = without_summaries(with_rows(Kind.LISTS, table), gathering)
    columns = Columns(table)
    on = stated_day(table, columns, filename, as_of)
    if on is None:
        raise UnknownLayout(
            Kind.LISTS,
            (),
            ("As-of day",),
            "Neither the file nor its name says which month it is for. "
            "Say so, for example with --as-of 2014-01-01.",
        )
    rows_of = _LongRows(columns, gathering, on) if is_long else _WideRows(columns, gathering, on, bands)
    gathering.take_each(table, columns.width, rows_of.take, progress)
    return gathering.reading(
        table,
        kind=Kind.LISTS,
        layout="lists/long" if is_long else "lists/wide",
        title=f"Patients registered at a GP practice, {on:%B %Y}",
        as_of=on,
        lists=rows_of.finish(),
    )


def _check(table: Table, has_bands: bool) -> bool:
    """Whether the layout is long. Raises `UnknownLayout` when it is neither long nor wide."""
    missing = [PRINTED[meaning] for meaning in _LONG if table.position(meaning) is None]
    if not missing:
        return True
    if table.position("registered") is None and not has_bands:
        wide = [PRINTED["registered"], *missing]
        hint = "A file has either totals and bands, or a row for each sex and age."
        raise unknown(Kind.LISTS, table.labels, wide, hint, meanings=table.meanings)
    return False


def _whole(columns: Columns, row: Row, at: int) -> int | None:
    """The patients in a cell, None where there are none given. Refuses the row unless a whole number."""
    value = columns.figures(row, (at,))[0]
    if value is None:
        return None
    if value < 0 or value != value.to_integral_value():
        raise RowRefused(columns.label_at(at), row[at].strip(), _WHOLE)
    return int(value)


class _ListRows:
    """What both layouts share: the practice, its postcode and its commissioner."""

    def __init__(self, columns: Columns, gathering: Gathering, on: date) -> None:
        self.columns = columns
        self.gathering = gathering
        self.on = on
        month = month_of(on)
        self.days: Days = (month.first, month.last)
        self.lists: list[ListCount] = []

    def see(self, practice: str, number: int, row: Row) -> None:
        """Say what the row says about the practice itself."""
        columns, gathering, days = self.columns, self.gathering, self.days
        commissioner = mention_commissioner(gathering, columns, number, row, self.on, days)
        at = columns.at.get("postcode")
        postcode = "" if at is None else gathering.postcode(row[at], number, columns.label("postcode"))
        gathering.practices.add(practice)
        gathering.see(
            practice,
            number,
            (
                Claim("kind", "practice", *days, False),
                Claim("name", name, *days, False) if (name := columns.text(row, "practice_name")) else None,
                Claim("postcode", postcode, *days, False) if postcode else None,
                Claim("commissioner", commissioner, *days, False) if commissioner else None,
            ),
        )

    def count(self, practice: str, number: int, registered: int | None, bands: tuple[Band, ...]) -> None:
        """Add the practice's list, and say so when it is empty."""
        if registered is None and not bands:
            self.gathering.remark(number, "", practice, "No patients are given for this practice.")
        total = None if registered is None else Decimal(registered)
        self.lists.append(ListCount(practice, self.on, "", total, None, bands, number))

    def compare(self, practice: str, number: int, what: str, total: int | None, parts: int | None) -> None:
        """Say so when parts do not add up to their total."""
        if total is not None and parts is not None and total != parts:
            self.gathering.remark(
                number,
                what,
                practice,
                f"The {what} add up to {parts:,} and the total says {total:,}. Both were kept.",
            )


class _WideRows(_ListRows):
    """One row a practice, one column a sex and age band."""

    def __init__(
        self, columns: Columns, gathering: Gathering, on: date, bands: dict[int, tuple[str, Ages]]
    ) -> None:
        super().__init__(columns, gathering, on)
        self._bands = sorted(bands.items(), key=lambda item: (item[1][0], item[1][1].start))
        self._made: dict[tuple[int, int], Band] = {}

    def take(self, number: int, row: Row) -> None:
        """Read one row whole, or refuse it whole."""
        practice = self.columns.practice(row)
        self.gathering.once(
            practice,
            number,
            self.columns.label("practice_code"),
            practice,
            "This practice is already on row {row}. Delete one of the two rows.",
        )
        totals = {
            sex: _whole(self.columns, row, self.columns.at[meaning]) if meaning in self.columns.at else None
            for sex, meaning in (("all", "registered"), ("male", "males"), ("female", "females"))
        }
        bands, sums = self._read_bands(row)
        both = sums["male"] + sums["female"] if {"male", "female"} <= sums.keys() else sums.get("all")
        registered = totals["all"] if totals["all"] is not None else both
        self.see(practice, number, row)
        self.count(practice, number, registered, bands)
        self.compare(practice, number, "bands", totals["all"], both)
        self.compare(practice, number, "bands of males", totals["male"], sums.get("male"))
        self.compare(practice, number, "bands of females", totals["female"], sums.get("female"))

    def _read_bands(self, row: Row) -> tuple[tuple[Band, ...], dict[str, int]]:
        """The bands given, and the sum of each sex."""
        bands: list[Band] = []
        sums: dict[str, int] = {}
        for at, (sex, ages) in self._bands:
            patients = _whole(self.columns, row, at)
            if patients is None:
                continue
            sums[sex] = sums.get(sex, 0) + patients
            band = self._made.get((at, patients))
            if band is None:
                band = self._made[at, patients] = Band(sex, ages.start, ages.end, patients)
            bands.append(band)
        return tuple(bands), sums

    def finish(self) -> list[ListCount]:
        """Every list."""
        return self.lists


@dataclass
class _OneList:
    """What the rows of one practice have said so far."""

    number: int
    bands: dict[tuple[str, Ages], int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


class _LongRows(_ListRows):
    """One row a practice, sex and age band. Rows about other kinds of organisation are passed over."""

    def __init__(self, columns: Columns, gathering: Gathering, on: date) -> None:
        super().__init__(columns, gathering, on)
        self._held: dict[str, _OneList] = {}
        self._spoilt: set[str] = set()

    def take(self, number: int, row: Row) -> None:
        """Read one row. A refused row spoils the whole list of its practice."""
        columns = self.columns
        of_what = columns.text(row, "org_type").upper()
        if of_what and of_what not in _GP:
            return
        practice = columns.practice(row)
        try:
            sex, ages, patients = self._band(number, row)
            self.gathering.once(
                (practice, sex, ages),
                number,
                columns.label("age"),
                columns.text(row, "age"),
                "This practice, sex and age are already on row {row}. Delete one of the two rows.",
            )
            if practice not in self._held:
                self.see(practice, number, row)
        except RowRefused:
            self._spoilt.add(practice)
            raise
        held = self._held.setdefault(practice, _OneList(number))
        if sex is None or patients is None:
            return
        if ages is None:
            held.totals[sex] = patients
        else:
            held.bands[sex, ages] = patients

    def _band(self, number: int, row: Row) -> tuple[str | None, Ages | None, int | None]:
        """The row's sex (None when not one we count), ages (None for all) and patients."""
        columns = self.columns
        printed, age = row[columns.at["sex"]].strip(), row[columns.at["age"]].strip()
        patients = _whole(columns, row, columns.at["patients"])
        ages = ages_of(age)
        if ages is None and age.lower() not in ALL_AGES:
            raise RowRefused(
                columns.label("age"), age, "This is not an age band. Write it as 0_4, 95+ or ALL."
            )
        sex = sex_of(printed)
        if sex is None:
            self.gathering.remark(
                number,
                columns.label("sex"),
                printed,
                "Remit counts MALE, FEMALE and ALL. This row was left out.",
            )
        return sex, ages, patients

    def finish(self) -> list[ListCount]:
        """Every list, now that all rows were read."""
        for practice, held in self._held.items():
            if practice not in self._spoilt:
                self._finish(practice, held)
        return self.lists

    def _finish(self, practice: str, held: _OneList) -> None:
        sums: dict[str, int] = {}
        for (sex, _), patients in held.bands.items():
            sums[sex] = sums.get(sex, 0) + patients
        by_sex = {sex: held.totals.get(sex, sums.get(sex)) for sex in ("male", "female", "all")}
        male, female = by_sex["male"], by_sex["female"]
        both = None if male is None or female is None else male + female
        registered = both if by_sex["all"] is None else by_sex["all"]
        self.count(practice, held.number, registered, bands_of(held.bands))
        self.compare(practice, held.number, "sexes", held.totals.get("all"), both)
        for sex in ("male", "female", "all"):
            self.compare(practice, held.number, f"bands ({sex})", held.totals.get(sex), sums.get(sex))
