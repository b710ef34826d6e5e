"""What the applications of a round say, counted: always with the number that was asked and the number that answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from remit.delegation.models import Application, DutyLine, PowerWanted, Round
from remit.delegation.queries.contents import form_of
from remit.delegation.rules import Question
from remit.delegation.rules.forms import ROWS, SEVERAL
from remit.kernel.moments import london_day
from remit.register.queries import names_on


@dataclass(frozen=True)
class TallyRow:
    """How many gave an answer."""

    code: str
    words: str
    count: int


@dataclass(frozen=True)
class Tally:
    """One question counted. `asked` applications were submitted, `answered` of them answered this question.

    Of a question with several answers the counts can add up to more than those who answered.
    """

    code: str
    question: str
    section: str
    is_several: bool
    rows: tuple[TallyRow, ...]
    answered: int
    asked: int

    @property
    def not_answered(self) -> int:
        """Those who did not answer."""
        return self.asked - self.answered


@dataclass(frozen=True)
class DutyRow:
    """A duty in a submitted application: money in pence, people, where both come from, and the money missing."""

    application: str
    commissioner: str
    name: str
    duty: str
    duty_name: str
    pence: int
    wte: str
    source: str
    gap_pence: int
    is_unfunded: bool


def tallies_in(code: str, at: datetime) -> list[Tally]:
    """The counted questions of a round, in the order of its form; none while the round is sealed."""
    held = Round.objects.select_related("form").filter(pk=code).first()
    if held is None or held.is_closed_to_readers:
        return []
    sent = dict(_submitted(held, at).values_list("pk", "answers"))
    wanted = Counter(
        PowerWanted.objects.filter(application__in=list(sent)).order_by().values_list("power", flat=True)
    )
    who = (
        PowerWanted.objects.filter(application__in=list(sent))
        .order_by()
        .values("application")
        .distinct()
        .count()
    )
    form = form_of(held)
    made = []
    for each in form.questions.values():
        if not each.is_tallied or held.level not in each.levels:
            continue
        if each.kind == ROWS:
            table = form.table_of(each)
            made.append(_tally(each, table.column(table.key).choices, wanted, who, len(sent)))
        else:
            said = [str(answers[each.code]) for answers in sent.values() if answers.get(each.code)]
            made.append(_tally(each, each.choices, _counted(each, said), len(said), len(sent)))
    return made


def duties_in(code: str, at: datetime) -> list[DutyRow]:
    """Every duty of every submitted application of a round, by commissioner; none while the round is sealed."""
    held = Round.objects.select_related("form").filter(pk=code).first()
    if held is None or held.is_closed_to_readers or "duties" not in form_of(held).tables:
        return []
    words = dict(form_of(held).tables["duties"].column("duty").choices)
    rows = list(DutyLine.objects.filter(application__in=_submitted(held, at)).select_related("application"))
    names = names_on({row.application.commissioner_id for row in rows}, london_day(held.deadline_at))
    made = [
        DutyRow(
            row.application_id,
            row.application.commissioner_id,
            names.get(row.application.commissioner_id, row.application.commissioner_id),
            row.duty,
            words.get(row.duty, row.duty),
            row.pence,
            f"{row.wte:.2f}",
            row.source,
            row.gap_pence,
            not row.pence and not row.wte,
        )
        for row in rows
    ]
    order = {duty: place for place, duty in enumerate(words)}
    return sorted(made, key=lambda row: (row.name, row.commissioner, order.get(row.duty, 0)))


def _submitted(held: Round, at: datetime) -> QuerySet[Application]:
    return Application.objects.filter(round=held, submitted_at__lte=at)


def _counted(question: Question, said: Iterable[str]) -> Counter[str]:
    if question.kind == SEVERAL:
        return Counter(code for each in said for code in each.split(","))
    return Counter(said)


def _tally(
    question: Question, choices: Iterable[tuple[str, str]], counts: Counter[str], answered: int, asked: int
) -> Tally:
    rows = tuple(TallyRow(code, words, counts[code]) for code, words in choices)
    is_several = question.kind in {SEVERAL, ROWS}
    return Tally(question.code, question.question, question.section, is_several, rows, answered, asked)
