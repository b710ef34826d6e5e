"""How days, times, money and numbers are written on pages: the NHS content guide's way.

Dates "6 August 2018", times "5pm", "5:30pm", "midday", "midnight", ranges with "to", commas over 999,
money with its pence.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from remit.kernel.moments import LONDON
from remit.kernel.period import Period

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MIDDAY, MIDNIGHT = time(12, 0), time(0, 0)


def nhs_date(day: date | datetime | None) -> str:
    """ "6 August 2018"; an instant is taken in London; nothing for None."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = (day.astimezone(LONDON) if day.tzinfo else day).date()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nhs_time(at: datetime | time | None) -> str:
    """ "5pm", "5:30pm", "midday", "midnight"; an instant is taken in London, to the minute."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        at = (at.astimezone(LONDON) if at.tzinfo else at).time()
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    if at in (MIDDAY, MIDNIGHT):
        return "midday" if at == MIDDAY else "midnight"
    half = "am" if at.hour < 12 else "pm"
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02d}{half}" if at.minute else f"{hour}{half}"


def nhs_moment(at: datetime | None) -> str:
    """ "6 August 2018 at 5:30pm", in London."""
    return f"{nhs_date(at)} at {nhs_time(at)}" if at else ""


def nhs_period(period: Period | None) -> str:
    """ "1 April 2013 to 31 March 2015", or "since 1 April 2013" while open."""
    if period is None:
        return ""
    if period.last is None:
        return f"since {nhs_date(period.first)}"
    return f"{nhs_date(period.first)} to {nhs_date(period.last)}"


def printable(text: str) -> str:
    """Without control characters, which no page may hold: what somebody typed, before it is shown again."""
    return "".join(letter for letter in text if letter.isprintable())


def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """With commas over 999 and a true minus sign; rounded half up when `decimals` is given."""
    if value is None:
        return ""
    if decimals is not None:
        step = Decimal(1).scaleb(-decimals)
        value = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{value:,}".replace("-", "\N{MINUS SIGN}")


def pounds(value: Decimal | int | None) -> str:
    """Pounds with their pence, "£1,234.50"; smaller decimals are kept, because nothing is rounded unseen."""
    if value is None:
        return ""
    amount = Decimal(value)
    exponent = amount.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.{places}f}"


def pence(value: int | None) -> str:
    """Integer pence as pounds: 123450 is "£1,234.50"."""
    return "" if value is None else pounds(Decimal(value).scaleb(-2))
