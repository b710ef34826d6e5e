"""What fits a question, or a column of a table: every answer is checked here, whichever door it came through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from remit.delegation.actions.finding import refusal
from remit.delegation.rules import Question
from remit.kernel.money import NotANumber, pence, published_number

MOST_PENCE = 10**13
MOST_WTE = Decimal("99999.99")


def fitting(asked: Question, answer: str, today: date) -> str:
    """An answer as it is kept. Raises `Refused` with ``wrong_answer`` where it does not fit the question."""
    answer = answer.strip()
    if not answer and asked.is_optional:
        return ""
    return _FITTING[asked.kind](asked, answer, today)


def _choice(asked: Question, answer: str, _: date) -> str:
    if answer not in dict(asked.choices):
        raise refusal("wrong_answer", "Select one of the answers.")
    return answer


def _several(asked: Question, answer: str, _: date) -> str:
    chosen = {each.strip() for each in answer.split(",") if each.strip()}
    if not chosen or not chosen <= dict(asked.choices).keys():
        raise refusal("wrong_answer", "Select at least one of the answers.")
    return ",".join(code for code, _ in asked.choices if code in chosen)


def _day(asked: Question, answer: str, today: date) -> str:
    try:
        day = date.fromisoformat(answer)
    except ValueError as error:
        raise refusal("wrong_answer", "Enter a real date.") from error
    if day > today and not asked.may_be_future:
        raise refusal("wrong_answer", "The date must be today or in the past.")
    return day.isoformat()


def _words(asked: Question, answer: str, _: date) -> str:
    if not 0 < len(answer) <= asked.most:
        raise refusal("wrong_answer", f"Enter between 1 and {asked.most:,} characters.")
    return answer


def _whole(asked: Question, answer: str, _: date) -> str:
    number = _number(answer, "Enter a whole number, such as 40.")
    if number != number.to_integral_value() or not 0 <= number < 10**9:
        raise refusal("wrong_answer", "Enter a whole number, such as 40.")
    return str(int(number))


def _money(asked: Question, answer: str, _: date) -> str:
    wrong = "Enter an amount in pounds, such as 12,500 or 12,500.50. Enter 0 for none."
    try:
        found = pence(_number(answer, wrong))
    except ValueError as error:
        raise refusal("wrong_answer", wrong) from error
    if not 0 <= found <= MOST_PENCE:
        raise refusal("wrong_answer", wrong)
    return str(found)


def _wte(asked: Question, answer: str, _: date) -> str:
    wrong = "Enter whole-time equivalents, such as 0.5 or 2. Enter 0 for none."
    number = _number(answer, wrong)
    if not 0 <= number <= MOST_WTE or number != round(number, 2):
        raise refusal("wrong_answer", wrong)
    return f"{number:.2f}"


def _number(answer: str, wrong: str) -> Decimal:
    try:
        number = published_number(answer)
    except NotANumber as error:
        raise refusal("wrong_answer", wrong) from error
    if number is None:
        raise refusal("wrong_answer", wrong)
    return number


_FITTING: Mapping[str, Callable[[Question, str, date], str]] = {
    "choice": _choice,
    "several": _several,
    "day": _day,
    "words": _words,
    "whole": _whole,
    "money": _money,
    "wte": _wte,
}
