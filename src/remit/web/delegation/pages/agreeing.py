"""Pages about agreements: the register, one agreement, and what is done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import (
    AgreementPage as Found,
)
from remit.delegation.queries import (
    AgreementRow,
    ApplicationRow,
    last_ratings,
    log_of,
)
from remit.delegation.rules import (
    Rule,
    assurance_areas,
    assurance_ratings,
    assurance_rule,
    contractor_groups,
    notice_rule,
    review_rule,
    revocation_rule,
)
from remit.delegation.states import (
    AGREEMENT_WORDS,
    ENDED,
    IN_EFFECT,
    ISSUED,
    LAPSED,
    RETURNED,
    REVOKED,
    SIGNED,
    UNDER_NOTICE,
)
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.tables import Cell, Column, Table

COLOURS = {
    ISSUED: "blue",
    RETURNED: "blue",
    SIGNED: "purple",
    IN_EFFECT: "green",
    UNDER_NOTICE: "yellow",
    ENDED: "grey",
    REVOKED: "red",
    LAPSED: "grey",
}
STEPS = ("Agreements", "agreements")


@dataclass(frozen=True, kw_only=True)
class AgreementsPage(DatedPage):
    """The register. `counts` are (state, how many, where those are listed)."""

    counts: tuple[Fact, ...]
    table: Table
    paging: Paging
    links: tuple[Crumb, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementPage(DatedPage):
    """One agreement. `acts` are what the reader may do with it."""

    tag: Cell
    facts: tuple[Fact, ...]
    overdue: str
    log: Table
    ratings: Table
    weak: tuple[Fact, ...]
    acts: tuple[Crumb, ...]


@dataclass(frozen=True)
class Asked:
    """A field of a form as a page draws it. `kind` is text, words, radio, day or file."""

    kind: str
    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class ActPage(Page):
    """Something to do with an agreement: what it leads to, and the fields."""

    lede: str
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    form: forms.Form
    fields: tuple[Asked, ...]
    has_file: bool
    button: str
    variant: str
    back: Crumb


@dataclass(frozen=True, kw_only=True)
class ChoosePage(Page):
    """Something to do with many at once. `options` are (value, name, note, whether chosen)."""

    lede: str
    form: forms.Form
    options: tuple[tuple[str, str, str, bool], ...]
    fields: tuple[Asked, ...]
    button: str
    empty: str

    @property
    def has_file(self) -> bool:
        """Whether one of its fields is a file."""
        return any(each.kind == "file" for each in self.fields)


def agreement_tag(state: str) -> Cell:
    """The state of an agreement as a tag."""
    return Cell(AGREEMENT_WORDS[state], colour=COLOURS[state])


def groups_words(codes: Sequence[str]) -> str:
    """Contractor groups by name."""
    return ", ".join(contractor_groups()[code] for code in codes)


def agreements_page(
    day: AsAt, rows: Sequence[AgreementRow], paging: Paging, state: str, links: tuple[Crumb, ...]
) -> AgreementsPage:
    """The register as it was on a day, or those in one state."""
    shown = [row for row in rows if not state or row.state == state]
    counted = Counter(row.state for row in rows)
    return AgreementsPage(
        title="Agreements" if not state else f"Agreements: {AGREEMENT_WORDS[state].lower()}",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins("agreements", "Agreements"),
        counts=tuple(
            Fact(
                words,
                number(counted[each]),
                address("agreements", state=each, day=day) if counted[each] else "",
            )
            for each, words in AGREEMENT_WORDS.items()
        ),
        table=_register(day, shown[paging.start : paging.end]),
        paging=paging,
        links=links,
    )


def _register(day: AsAt, rows: Sequence[AgreementRow]) -> Table:
    return Table(
        id="agreements",
        caption="Agreements by name of commissioner",
        columns=(
            Column("Commissioner"),
            Column("Level", numeric=True),
            Column("For"),
            Column("State"),
            Column("From"),
            Column("Ends"),
        ),
        rows=[
            (
                Cell(
                    readable_name(row.name),
                    href=address("agreement", row.id, day=day),
                    note=row.commissioner,
                ),
                row.level,
                groups_words(row.groups),
                agreement_tag(row.state),
                nhs_date(row.effective_on) or "Not signed by both",
                nhs_date(row.ends_on) or "No end is set",
            )
            for row in rows
        ],
        stacked=True,
        empty="There is none.",
    )


def agreement_page(day: AsAt, found: Found, acts: tuple[Crumb, ...]) -> AgreementPage:
    """One agreement as it was on a day, with its public log."""
    row = found.row
    return AgreementPage(
        title=f"{readable_name(row.name)}: agreement for {level_title(row.level)}",
        section="Agreements",
        crumbs=crumbs(day, UNDER, STEPS),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins(f"agreements/{row.id}/log", "The log of this agreement"),
        tag=agreement_tag(row.state),
        facts=_facts(day, found),
        overdue=f"A review was due by {nhs_date(row.review_due_on)}." if row.is_review_overdue else "",
        log=Table(
            id="log",
            caption="Public log",
            columns=(Column("Day"), Column("What happened"), Column("In their words")),
            rows=[(nhs_date(line.on), line.what, line.words) for line in log_of(found)],
            stacked=True,
        ),
        ratings=_ratings(found),
        weak=tuple(
            Fact(name, rule.note, note=rule.reference)
            for name, rule in _rules()
            if rule.is_weak or name == "Notice"
        ),
        acts=acts,
    )


def _rules() -> tuple[tuple[str, Rule], ...]:
    return (
        ("Notice", notice_rule().rule),
        ("Revocation", revocation_rule().rule),
        ("Review", review_rule()[1]),
        ("Assurance", assurance_rule()),
    )


def _facts(day: AsAt, found: Found) -> tuple[Fact, ...]:
    row = found.row
    facts = [
        Fact(
            "Commissioner",
            readable_name(row.name),
            address("commissioner", row.commissioner, day=day),
            row.commissioner,
        ),
        Fact("Contractor groups", groups_words(row.groups)),
        *_made(day, found),
        *(
            Fact("Taken over by", name, address("agreement", agreement, day=day))
            for agreement, name in found.taken_by
        ),
        Fact("Powers from", nhs_date(row.effective_on) or "Not signed by both"),
        Fact("Term", f"Until {nhs_date(row.term_last_on)}" if row.term_last_on else "Until somebody ends it"),
    ]
    if row.review_due_on:
        facts.append(Fact("Next review due by", nhs_date(row.review_due_on)))
    if row.ends_on and found.notice:
        whose = "NHS England" if found.notice.is_revocation else "the commissioner"
        facts.append(Fact("First day without it", nhs_date(row.ends_on), note=f"Notice by {whose}"))
    for what, document, name in found.documents:
        facts.append(Fact(what, name, reverse("document", args=[document])))
    return tuple(facts)


def _made(day: AsAt, found: Found) -> tuple[Fact, ...]:
    """How it was made: applied for and signed by both, or taken over."""
    row = found.row
    if found.taken_from:
        agreement, name = found.taken_from
        return (Fact("Taken over from", name, address("agreement", agreement, day=day), "On the same terms"),)
    return (
        Fact(
            "Application",
            "What was applied for, and decided",
            address("application", row.application, day=day),
        ),
        Fact("Issued", nhs_moment(row.issued_at)),
        Fact("Signed by the commissioner", nhs_moment(row.returned_at) or "Not yet", note=found.returned_as),
        Fact("Signed by NHS England", nhs_moment(row.signed_at) or "Not yet", note=found.signed_as),
    )


def _ratings(found: Found) -> Table:
    last = last_ratings(found)
    return Table(
        id="assurance",
        caption="Assurance",
        columns=(Column("Area"), Column("Last rating"), Column("On"), Column("Report")),
        rows=[
            (
                name,
                assurance_ratings()[last[code].rating] if code in last else "Not rated",
                nhs_date(last[code].rated_on) if code in last else "",
                last[code].source if code in last else "",
            )
            for code, name in assurance_areas().items()
        ],
        stacked=True,
    )


def act_page(
    found: Found,
    form: forms.Form,
    problems: tuple[Problem, ...],
    *,
    title: str,
    lede: str,
    button: str,
    fields: tuple[Asked, ...],
    notes: tuple[str, ...] = (),
    variant: str = "",
) -> ActPage:
    """Something to do with an agreement."""
    row = found.row
    return ActPage(
        title=f"{title}: {readable_name(row.name)}",
        section="Agreements",
        crumbs=crumbs(None, UNDER, STEPS),
        problems=problems,
        lede=lede,
        notes=notes,
        facts=(
            Fact("Agreement", level_title(row.level), reverse("agreement", args=[row.id])),
            Fact("Contractor groups", groups_words(row.groups)),
            Fact("State", AGREEMENT_WORDS[row.state]),
        ),
        form=form,
        fields=fields,
        has_file=any(each.kind == "file" for each in fields),
        button=button,
        variant=variant,
        back=Crumb("Back to the agreement", reverse("agreement", args=[row.id])),
    )


def issue_page(
    rows: Sequence[ApplicationRow], form: forms.Form, problems: tuple[Problem, ...], chosen: Sequence[str]
) -> ChoosePage:
    """What is approved and has no agreement yet."""
    return ChoosePage(
        title="Issue agreements",
        section="Agreements",
        crumbs=crumbs(None, UNDER, STEPS),
        problems=problems,
        lede="Each commissioner signs its own and returns it. Announce approvals first.",
        form=form,
        options=tuple(
            (row.id, readable_name(row.name), f"Level {row.level}, round {row.round}", row.id in chosen)
            for row in rows
        ),
        fields=(
            Asked("day", "term", "Last day of the term", "Leave empty if it lasts until somebody ends it."),
            Asked("words", "text", "Text of the agreement", "Write it here, or send a file. It is public."),
            Asked("file", "file", "Or a file", "A PDF, Word or OpenDocument file, up to 10MB."),
        ),
        button="Issue",
        empty="Everything that was approved has its agreement.",
    )


def countersign_page(
    rows: Sequence[AgreementRow], form: forms.Form, problems: tuple[Problem, ...], chosen: Sequence[str]
) -> ChoosePage:
    """What was returned and waits for NHS England."""
    return ChoosePage(
        title="Sign agreements",
        section="Agreements",
        crumbs=crumbs(None, UNDER, STEPS),
        problems=problems,
        lede="Powers come on on the day of each round, or today if that has gone by. All that you select are "
        "signed together, or none.",
        form=form,
        options=tuple(
            (
                row.id,
                readable_name(row.name),
                f"Level {row.level}, returned on {nhs_date(row.returned_at)}",
                row.id in chosen,
            )
            for row in rows
        ),
        fields=(Asked("text", "signed_as", "Your post", "For example, Regional director."),),
        button="Sign",
        empty="Nothing that was returned waits for a signature.",
    )
