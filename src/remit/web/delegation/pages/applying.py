"""An application: its page, one question, checking the answers, the receipt, withdrawing; and being late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from remit.delegation.queries import (
    UNAPPROVED,
    AgreementRow,
    ApplicationRow,
    ArrangementRow,
    ChallengeNews,
    DecisionRow,
    RoundRow,
    SignatureRow,
    VariationRow,
)
from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.rules import Question
from remit.delegation.states import (
    CONDITIONAL,
    DEFERRED,
    DRAFT,
    RESCINDED,
    SUBMITTED,
    WITHDRAWN,
    step,
)
from remit.delegation.states.agreements import AGREEMENT_WORDS
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.filling import (
    Task,
    is_long,
    section_href,
    signatures_table,
    tasks_of,
    voided_table,
)
from remit.web.delegation.pages.holding import scope_table
from remit.web.delegation.pages.mandates import MandatePanel
from remit.web.delegation.pages.outcome import challenge_facts, standing_tag
from remit.web.delegation.pages.rounds import UNDER, time_left
from remit.web.delegation.pages.sections import Part
from remit.web.delegation.words import (
    NOT_ASKED,
    answer_words,
    deadline_line,
    exact_moment,
    level_title,
    state_tag,
)
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.tables import Cell, Column, Table

SECTION = "Applications"
KEPT_OUT = (
    "You have declared an interest in this commissioner, or hold a role there. You take no part in judging it, and "
    "read what everybody can."
)
ATTACHABLE = {DRAFT, SUBMITTED, DEFERRED, CONDITIONAL}
"""States in which evidence can still be attached."""


@dataclass(frozen=True)
class AnswerLine:
    """A question with its answer in words; `href` is where to change it, empty where one cannot."""

    code: str
    question: str
    answer: str
    href: str = ""
    is_gap: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer yet."""
        return bool(self.answer)


@dataclass(frozen=True)
class ConditionLine:
    """A condition of an approval."""

    what: str
    owner: str
    due_on: str


@dataclass(frozen=True)
class DecisionLine:
    """A decision with its reasons and conditions, in words."""

    tag: Cell
    reasons: str
    made: str
    conditions: tuple[ConditionLine, ...]


@dataclass(frozen=True, kw_only=True)
class ApplicationsPage(Page):
    """The applications of the commissioner that one acts for, and the rounds in which it could begin one."""

    table: Table
    open_rounds: tuple[Crumb, ...]


@dataclass(frozen=True, kw_only=True)
class ApplicationPage(DatedPage):
    """One application as the reader may know it of a day. Empty addresses: there is nothing to do there."""

    tag: Cell
    is_draft: bool
    deadline: str
    left: str
    made_at: datetime
    facts: tuple[Fact, ...]
    answers: tuple[AnswerLine, ...]
    decisions: tuple[DecisionLine, ...]
    mandate: MandatePanel
    go_on_href: str
    receipt_href: str
    withdraw_href: str
    publish_href: str
    rescind_href: str
    evidence_href: str
    decide_href: str
    tasks: tuple[Task, ...] = ()
    parts: tuple[Part, ...] = ()
    scope: Table | None = None
    signatures: Table | None = None
    voided: Table | None = None
    signature_href: str = ""
    check_href: str = ""
    changes_href: str = ""
    outcome_href: str = ""
    published: str = ""
    kept_out: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Page):
    """One question. The title is the question, the form's label is the h1. `then` is “check” on the way back.
    `record_href` is where what shows the answer is recorded, if it has to be."""

    form: forms.Form
    question: Question
    back_href: str
    then: str
    place: str
    now: str
    record_href: str = ""


def own_crumbs() -> tuple[Crumb, ...]:
    """The way to the applications of one's commissioner."""
    return crumbs(None, UNDER, ("Your applications", "applications"))


def applications_page(
    rows: Sequence[ApplicationRow], open_rounds: Sequence[RoundRow], organisation: str
) -> ApplicationsPage:
    """Those of one commissioner, drafts too."""
    begun = {row.round for row in rows}
    return ApplicationsPage(
        title=f"Applications of {organisation}",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        table=Table(
            id="applications",
            caption="Your applications",
            columns=(Column("Application"), Column("State"), Column("Received")),
            rows=[
                (
                    Cell(level_title(row.level), href=reverse("application", args=[row.id]), note=row.round),
                    state_tag(row.state),
                    nhs_moment(row.submitted_at) or "Not submitted",
                )
                for row in rows
            ],
            stacked=True,
            empty="There are none yet.",
        ),
        open_rounds=tuple(
            Crumb(row.title, reverse("round", args=[row.code]))
            for row in open_rounds
            if row.state == "open" and row.code not in begun
        ),
    )


def _alternates(found: Found) -> tuple[tuple[str, str, str], ...]:
    if found.row.state == DRAFT:
        return ()
    every = twins(f"rounds/{found.row.round}/applications", "Applications in this round")
    opened = twins("ledger/openings", "What the ledger committed to of it, opened", application=found.row.id)
    return (*every, *opened) if found.decisions else every


def application_page(
    found: Found,
    day: AsAt,
    *,
    is_own: bool,
    may_decide: bool,
    kept_out: bool = False,
    arrangement: ArrangementRow | None,
    mandate: MandatePanel,
    parts: tuple[Part, ...] = (),
    signed: Sequence[SignatureRow] = (),
    changes: int = 0,
    has_outcome: bool = False,
    agreement: AgreementRow | None = None,
    challenge: ChallengeNews | None = None,
    varied: Sequence[VariationRow] | None = None,
) -> ApplicationPage:
    """One application as it was on a day, with what the reader can do next."""
    row, state, at = found.row, found.row.state, day.moment
    is_draft = state == DRAFT
    is_filling = is_draft and bool(found.side) and is_long(found)
    name = readable_name(row.name)
    can_withdraw = is_own and not arrangement and step(state, WITHDRAWN) is not None
    can_rescind = is_own and not arrangement and step(state, RESCINDED) is not None
    steps = [("Your applications", "applications")] if is_own else [("Rounds", "rounds")]
    return ApplicationPage(
        title=f"{name}: application for {level_title(row.level)}",
        section=SECTION,
        crumbs=crumbs(day, UNDER, *steps),
        chooser=day,
        has_chooser=not is_draft,
        as_at=day.day,
        alternates=() if day.is_past else _alternates(found),
        tag=standing_tag(state, challenge),
        is_draft=is_draft,
        deadline=deadline_line(found.round.deadline, at),
        left="" if day.is_past else time_left(found.round, at),
        made_at=at,
        facts=(*_facts(day, found, arrangement), *_agreement(day, agreement), *challenge_facts(challenge)),
        answers=answer_lines(found, may_change=is_draft and is_own),
        decisions=tuple(decision_line(each) for each in found.decisions),
        mandate=mandate,
        go_on_href=next_href(found) if is_draft and is_own and not is_long(found) else "",
        receipt_href=application_part_href("receipt", found) if found.receipt else "",
        withdraw_href=application_part_href("withdraw", found) if can_withdraw else "",
        publish_href=application_part_href("agree_publication", found)
        if is_own and state in UNAPPROVED
        else "",
        rescind_href=application_part_href("rescind", found) if can_rescind else "",
        evidence_href=application_part_href("attach_evidence", found)
        if is_own and state in ATTACHABLE
        else "",
        decide_href=application_part_href("decide", found)
        if may_decide and state in {SUBMITTED, CONDITIONAL, DEFERRED}
        else "",
        tasks=tasks_of(found) if is_filling else (),
        parts=() if is_filling else parts,
        scope=None if varied is None else scope_table(varied, row.commissioner),
        signatures=signatures_table(signed) if is_long(found) else None,
        voided=voided_table(found, signed) if is_long(found) else None,
        signature_href=application_part_href("application_signature", found)
        if is_long(found) and found.side
        else "",
        check_href=application_part_href("check_answers", found) if is_filling and is_own else "",
        changes_href=application_part_href("changes", found)
        if changes or (may_decide and state in {SUBMITTED, DEFERRED})
        else "",
        outcome_href=application_part_href("outcome", found) if has_outcome else "",
        published=_published(found) if parts and not is_draft else "",
        kept_out=KEPT_OUT if kept_out else "",
    )


def _published(found: Found) -> str:
    """What of an application is public, in words."""
    hidden = found.unpublished
    rest = "1 answer is" if hidden == 1 else f"{hidden} answers are"
    return (
        f"Everything shown here without signing in is public. {rest} read only by the commissioner, NHS England's "
        "local office and the assessors."
        if hidden
        else "All of it is public."
    )


def application_part_href(name: str, found: Found) -> str:
    """The address of a page of an application, by its name."""
    return reverse(name, args=[found.row.id])


def _facts(day: AsAt, found: Found, arrangement: ArrangementRow | None) -> tuple[Fact, ...]:
    row = found.row
    facts = [
        Fact(
            "Commissioner",
            readable_name(row.name),
            address("commissioner", row.commissioner, day=day),
            row.commissioner,
        ),
        Fact("Round", found.round.title, address("round", row.round, day=day)),
        Fact("For", level_title(row.level), f"{reverse('levels')}#level-{row.level}"),
    ]
    if row.submitted_at:
        facts.append(Fact("Received", nhs_moment(row.submitted_at), note=exact_moment(row.submitted_at)))
    if arrangement:
        signed = f"Signed on {nhs_date(arrangement.signed_at)}" if arrangement.signed_at else ""
        facts.append(Fact("Powers come on", nhs_date(arrangement.effective_on), note=signed))
    return tuple(facts)


def _agreement(day: AsAt, row: AgreementRow | None) -> tuple[Fact, ...]:
    """The agreement that an approval led to, where it is issued, returned and signed."""
    if row is None:
        return ()
    return (Fact("Agreement", AGREEMENT_WORDS[row.state], address("agreement", row.id, day=day)),)


def answer_lines(found: Found, *, may_change: bool, then: str = "") -> tuple[AnswerLine, ...]:
    """What was asked, with the answers that the reader may know, in order."""
    tail = f"?then={then}" if then else ""
    return tuple(
        AnswerLine(
            code=each.code,
            question=each.question,
            answer=answer_words(each, str(found.answers[each.code])) if each.code in found.answers else "",
            href=f"{reverse('answer', args=[found.row.id, each.code])}{tail}" if may_change else "",
            is_gap=each.code == "evidence" and found.answers.get(each.code) == NOT_ASKED,
        )
        for each in found.asked
        if may_change or each.code in found.answers
    )


def decision_line(made: DecisionRow) -> DecisionLine:
    """A decision in words."""
    return DecisionLine(
        tag=state_tag(made.outcome),
        reasons=made.reasons,
        made=nhs_moment(made.decided_at),
        conditions=tuple(
            ConditionLine(each["what"], each["owner"], nhs_date(datetime.fromisoformat(each["due_on"])))
            for each in made.conditions
        ),
    )


def next_href(found: Found, after: str = "") -> str:
    """The next question still to be answered, else where the answers are checked."""
    waiting = [each.code for each in found.unanswered if each.code != after]
    if waiting:
        return reverse("answer", args=[found.row.id, waiting[0]])
    return reverse("check_answers", args=[found.row.id])


def answer_page(
    found: Found, question: Question, form: forms.Form, problems: tuple[Problem, ...], then: str
) -> AnswerPage:
    """One question of a draft; back leads to the question before, or to where one came from."""
    codes = [each.code for each in found.asked]
    place = codes.index(question.code)
    if then:
        back = application_part_href("check_answers", found)
    elif is_long(found):
        back = section_href(found, question)
    elif place:
        back = reverse("answer", args=[found.row.id, codes[place - 1]])
    else:
        back = application_part_href("application", found)
    return AnswerPage(
        title=question.question,
        section=f"Application for Level {found.row.level}",
        problems=problems,
        form=form,
        question=question,
        back_href=back,
        then=then,
        place=f"Question {place + 1} of {len(codes)}",
        now=answer_words(question, str(found.answers[question.code])) if _is_overtaken(form) else "",
        record_href=reverse("evidence_record", args=["constitution_amendment"])
        if is_long(found) and question.code == "constitution"
        else "",
    )


def _is_overtaken(form: forms.Form) -> bool:
    """Whether somebody else has changed the answer since the page was opened."""
    errors = form.errors.as_data().values() if form.is_bound else ()
    return any(each.code == "changed_meanwhile" for said in errors for each in said)
