"""NHS Payments to General Practice, England: what each practice was paid in one NHS year (2013-14 on)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.engines.layouts.days import year_in_name
from remit.engines.layouts.gathering import Columns, Gathering, Progress, RowRefused
from remit.engines.layouts.geography import ICBS_BEGIN, clipped
from remit.engines.layouts.headers import Row, with_rows
from remit.engines.layouts.payment_columns import Understood, payments_table, understand
from remit.engines.layouts.readings import (
    Claim,
    Kind,
    ListCount,
    PaymentRow,
    Reading,
    UnknownLayout,
)
from remit.engines.layouts.summaries import without_summaries
from remit.kernel.period import ONE_DAY, NhsYear

CONTRACTS = frozenset({"GMS", "PMS", "APMS", "PCTMS"})

_DATE_CELL = "Year"


@dataclass(frozen=True)
class _Days:
    """The days of the year on which what a row says was so, and whether the file states them."""

    first: date | None
    last: date | None
    firm: bool

    def claim(self, about: str, value: str) -> Claim | None:
        return Claim(about, value, self.first, self.last, self.firm) if value else None


def payments_year(filename: str, year: NhsYear | None) -> NhsYear:
    """The year that the file describes. Raises `UnknownLayout` when nobody says."""
    found = year or year_in_name(filename)
    if found is None:
        raise UnknownLayout(
            Kind.PAYMENTS,
            (),
            (_DATE_CELL,),
            "The file's name does not say which year it is for. "
            "Say so, for example with --year 2014-15, or put the year in the name.",
        )
    return found


def read_payments(
    rows: list[Row], *, filename: str, year: NhsYear | None, progress: Progress | None
) -> Reading:
    """Everything that a payments file says. Each row is one practice in one year."""
    gathering = Gathering()
    table = without_summaries(with_rows(Kind.PAYMENTS, payments_table(rows)), gathering)
    of_year = payments_year(filename, year)
    understood = understand(table, gathering)
    reader = _PaymentRows(understood, of_year, gathering)
    gathering.take_each(understood.table, reader.columns.width, reader.take, progress)
    return gathering.reading(
        understood.table,
        kind=Kind.PAYMENTS,
        layout=f"payments/{of_year}",
        title=f"NHS Payments to General Practice, England, {of_year}",
        as_of=of_year.period.first,
        year=of_year,
        lists=reader.lists,
        payment_columns=understood.columns,
        payments=reader.payments,
    )


class _PaymentRows:
    """Reads the rows of one payments file, one by one."""

    def __init__(self, understood: Understood, year: NhsYear, gathering: Gathering) -> None:
        self.columns = Columns(understood.table)
        self.lists: list[ListCount] = []
        self.payments: list[PaymentRow] = []
        self._positions = understood.positions
        self._year = year
        self._first = year.period.first
        self._last = year.period.last
        self._gathering = gathering
        at = self.columns.at
        self._around = [
            at[meaning]
            for meaning in (
                *("commissioner_code", "commissioner_name", "region_code", "region_name"),
                *("icb_code", "icb_name", "pcn_code", "pcn_name"),
            )
            if meaning in at
        ]

    def take(self, number: int, row: Row) -> None:
        """Read one row whole, or refuse it whole."""
        columns, gathering = self.columns, self._gathering
        practice = columns.practice(row)
        gathering.once(
            practice,
            number,
            columns.label("practice_code"),
            practice,
            "This practice is already on row {row}. Delete one of the two rows.",
        )
        commissioner = columns.code(row, "commissioner_code")
        pcn = columns.network(row)
        icb, region = columns.code(row, "icb_code"), columns.code(row, "region_code")
        opened, closed = columns.open_and_close(row)
        amounts = columns.figures(row, self._positions)
        count = self._list_count(practice, number, row)

        if not commissioner:
            gathering.remark(number, columns.label("commissioner_code"), "", "No commissioner is given.")
        self.payments.append(PaymentRow(practice, commissioner, number, amounts))
        if count is not None:
            self.lists.append(count)
        gathering.practices.add(practice)
        self._see_practice(practice, number, row, commissioner, pcn, opened, closed)
        if gathering.new(("around", *[row[at] for at in self._around])):
            self._mention_around(number, row, commissioner, pcn, icb, region)
        if commissioner:
            gathering.commissioners.add(commissioner)

    def _list_count(self, practice: str, number: int, row: Row) -> ListCount | None:
        registered = self._patients(row, "registered")
        weighted = self._patients(row, "weighted")
        if registered is None and weighted is None:
            return None
        quarter = self.columns.text(row, "quarter").upper().replace(" ", "").replace("QUARTER", "Q")
        if quarter not in ("", "Q1", "Q2", "Q3", "Q4"):
            raise RowRefused(
                self.columns.label("quarter"),
                self.columns.text(row, "quarter"),
                "This is not a quarter. Write Q1, Q2, Q3 or Q4, or leave it empty if it is not known.",
            )
        on = self._year.quarter(int(quarter[1])).first if quarter else self._last or self._first
        return ListCount(practice, on, quarter, registered, weighted, (), number)

    def _patients(self, row: Row, meaning: str) -> Decimal | None:
        """How many patients, None where not given. Weighted ones have decimals, but nobody has fewer than 0."""
        patients = self.columns.figure(row, meaning)
        if patients is not None and patients < 0:
            raise RowRefused(
                self.columns.label(meaning),
                row[self.columns.at[meaning]].strip(),
                "Patients cannot be fewer than 0. Correct it, or leave the cell empty if it is not known.",
            )
        return patients

    def _days(self, opened: date | None, closed: date | None) -> _Days:
        """The year's days, but not before the practice opened nor after it closed."""
        days = clipped(self._first, self._last, (opened, closed))
        if days is not None:
            return _Days(*days, True)
        return _Days(None, closed, False) if closed and closed < self._first else _Days(opened, None, False)

    def _see_practice(
        self,
        practice: str,
        number: int,
        row: Row,
        commissioner: str,
        pcn: str,
        opened: date | None,
        closed: date | None,
    ) -> None:
        columns = self.columns
        days = self._days(opened, closed)
        postcode = ""
        if "postcode" in columns.at:
            postcode = self._gathering.postcode(
                row[columns.at["postcode"]], number, columns.label("postcode")
            )
        dispensing = columns.text(row, "dispensing").lower()
        claims = (
            *self._kinds(opened, closed),
            days.claim("name", columns.text(row, "practice_name")),
            days.claim("address", columns.text(row, "address")),
            days.claim("postcode", postcode),
            days.claim("contract_type", self._contract(number, row)),
            days.claim("dispensing", dispensing if dispensing in ("yes", "no") else ""),
            days.claim("rurality", columns.text(row, "rurality").lower()),
            days.claim("practice_type", columns.text(row, "practice_type")),
            days.claim("atypical", _listed(columns.text(row, "atypical"))),
            days.claim("commissioner", commissioner),
            days.claim("pcn", pcn),
        )
        self._gathering.see(practice, number, claims)

    def _kinds(self, opened: date | None, closed: date | None) -> list[Claim]:
        """A practice, firmly only where the file gives its open date; closed outside its dates."""
        claims = []
        if opened is not None:
            claims.append(Claim("kind", "closed", None, opened - ONE_DAY, True))
        first, last = opened or self._first, closed or self._last
        if last is None or first <= last:
            claims.append(Claim("kind", "practice", first, last, opened is not None))
        if closed is not None:
            claims.append(Claim("kind", "closed", closed + ONE_DAY, None, True))
        return claims

    def _contract(self, number: int, row: Row) -> str:
        printed = self.columns.text(row, "contract_type")
        contract = printed.upper()
        if not contract or contract in CONTRACTS:
            return contract
        self._gathering.remark(
            number,
            self.columns.label("contract_type"),
            printed,
            "This is not a contract type that Remit knows (GMS, PMS, APMS). It was left out.",
        )
        return ""

    def _mention_around(
        self, number: int, row: Row, commissioner: str, pcn: str, icb: str, region: str
    ) -> None:
        """The commissioner, network, board and region or local office that the row names in passing."""
        gathering, columns = self._gathering, self.columns
        year = _Days(self._first, self._last, True)
        days = (self._first, self._last)
        place = gathering.mention_place(
            region, columns.text(row, "region_name"), number, self._first, days, firm=True
        )
        if icb:
            boards = clipped(*days, (ICBS_BEGIN, None)) or days
            kind = Claim("kind", "icb", *boards, False)
            name = columns.text(row, "icb_name")
            gathering.mention(
                icb,
                number,
                (kind, Claim("name", name, *boards, True) if name else None),
                column=columns.label("icb_code"),
            )
        if pcn:
            gathering.mention(
                pcn,
                number,
                (Claim("kind", "pcn", *days, False), year.claim("name", columns.text(row, "pcn_name"))),
                column=columns.label("pcn_code"),
            )
        if commissioner:
            self._mention_commissioner(number, row, commissioner, icb, place)

    def _mention_commissioner(
        self, number: int, row: Row, commissioner: str, icb: str, place: Claim | None
    ) -> None:
        days = (self._first, self._last)
        name = self.columns.text(row, "commissioner_name")
        boards = clipped(*days, (ICBS_BEGIN, None))
        kind = "commissioner" if boards is None else "sub_icb_location"
        now = boards or days
        named = now if "ICB" in name.upper() else days
        self._gathering.mention(
            commissioner,
            number,
            (
                Claim("kind", kind, *now, False),
                Claim("name", name, *named, True) if name else None,
                place,
                Claim("icb", icb, *now, True) if icb and boards else None,
            ),
            column=self.columns.label("commissioner_code"),
        )


def _listed(printed: str) -> str:
    """`| Part year of data || Large fluctuation |` as `Part year of data; Large fluctuation`."""
    return "; ".join(part for part in (part.strip() for part in printed.split("|")) if part)
