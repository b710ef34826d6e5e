"""What an announcement counts: its figures, each opening into its rows, and the counts that its words may say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.delegation.models import Agreement, Announced, Application, Arrangement, Round
from remit.delegation.queries.announcements import part_of, subject_of_rounds
from remit.delegation.queries.positions import approved_for
from remit.delegation.rules import naming_of, subject_of, words_of_counts
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.figures import Counted
from remit.figures.actions import FigureDraft
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import CommissionerRow

SO_FAR = "Commissioners whose approval for {subject} stands, those announced here and those before"
WORDS_OF = {
    "approved": "approved",
    "conditional": "conditional",
    "all-approved": "so_far",
    "applied": "applied",
}
"""The words that print uses for each figure of an announcement: a code of rulebook/agreements.yaml."""


@dataclass(frozen=True)
class Part:
    """What an announcement counts together: all its rounds, or one of several. `prefix` begins the ids of its
    figures; `naming` are the words by which a text speaks of it."""

    rounds: tuple[Round, ...]
    rows: tuple[Announced, ...]
    prefix: str
    naming: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What is counted: "Level 3", "Level 2 and Level 3"."""
        return subject_of_rounds(self.rounds)

    @property
    def widely(self) -> str:
        """What is counted together with it; empty where its rounds are counted apart."""
        about = {subject_of(None, each.groups) for each in self.rounds}
        return about.pop() if len(about) == 1 else ""

    @property
    def here(self) -> str:
        """ "in this round"."""
        return "in this round" if len(self.rounds) == 1 else "in one of these rounds at least"

    def of(self, outcome: str) -> dict[str, str]:
        """Who has an outcome among its rows, with the application."""
        return {row.commissioner: row.decision.application_id for row in self.rows if row.outcome == outcome}


def parts_of(code: str, rounds: Sequence[Round], rows: Sequence[Announced]) -> list[Part]:
    """The whole first; then, where there are several, each round."""
    whole = Part(tuple(rounds), tuple(rows), code)
    if len(rounds) == 1:
        return [whole]
    return [whole] + [
        Part(
            (held,),
            tuple(row for row in rows if row.decision.application.round_id == held.pk),
            part_of(code, place),
            naming_of(held.level, held.groups),
        )
        for place, held in enumerate(rounds, 1)
    ]


def counted_of(part: Part, figures: Sequence[FigureDraft], released_at: datetime) -> list[Counted]:
    """The counts that the words of an announcement may say, what is announced first: its figures, and how many of the
    round had signed and had powers in effect by then."""
    words = words_of_counts()
    found = []
    for each in figures:
        code = WORDS_OF[each.id.removeprefix(f"{part.prefix}-")]
        found.append(
            Counted(
                each.label,
                each.numerator or 0,
                each.base or 0,
                words[code],
                qualifies=code in ("conditional", "so_far"),
                is_applied=code == "applied",
            )
        )
    base, these = found[0].base, "this round" if len(part.rounds) == 1 else "these rounds"
    for code, label in (("signed", f"Signed in {these}"), ("effective", f"In effect of {these}")):
        count = len(_come_so_far(part.rounds, released_at)[code])
        found.append(Counted(label, count, base, words[code]))
    return found


def stages_of(part: Part, released_at: datetime) -> Mapping[str, int]:
    """How many of those approved here have signed in their round by an instant, and have its powers in effect."""
    approved = part.of(APPROVED).keys()
    return {stage: len(approved & codes) for stage, codes in _come_so_far(part.rounds, released_at).items()}


def _come_so_far(rounds: Sequence[Round], at: datetime) -> dict[str, set[str]]:
    """Who in some rounds, for their contractor groups, had signed by an instant; and had its powers in effect."""
    on = london_day(at)
    agreed = Agreement.objects.filter(application__round__in=rounds, signed_at__lte=at)
    arranged = Arrangement.objects.filter(application__round__in=rounds, made_at__lte=at)
    return {
        "signed": {
            *agreed.values_list("commissioner_id", flat=True),
            *arranged.filter(signed_at__isnull=False).values_list("commissioner_id", flat=True),
        },
        "effective": {
            *agreed.filter(effective_on__lte=on).values_list("commissioner_id", flat=True),
            *arranged.filter(effective_on__lte=on).values_list("commissioner_id", flat=True),
        },
    }


def figures_of(
    part: Part, population: dict[str, CommissionerRow], released_at: datetime
) -> list[FigureDraft]:
    """The numbers of an announcement, or of one of its rounds: approved; approved on conditions; approved so far;
    applied. What is so far is of Level 2 or 3, or of the contractor groups: of rounds about different ones there is
    no such number of all."""
    on = london_day(released_at)
    everyone = tuple((f"organisation/{each.code}", readable_name(each.name)) for each in population.values())
    return [
        FigureDraft(
            id=f"{part.prefix}-{name}",
            label=label,
            definition=definition,
            numerator=len(codes),
            numerator_what="commissioners",
            numerator_rows=tuple(
                (_ref(each, codes), readable_name(population[each].name)) for each in sorted(codes)
            ),
            base=len(everyone),
            base_what=f"commissioners on {on.day} {on:%B} {on.year}",
            base_rows=everyone,
            on=on,
            source="Decisions recorded in Remit",
            rounding="half_up",
            places=0,
        )
        for name, label, codes, definition in _told(part, population, released_at)
    ]


def _told(
    part: Part, population: dict[str, CommissionerRow], released_at: datetime
) -> Iterator[tuple[str, str, Mapping[str, str], str]]:
    """Each number: its name, its label, who is counted with the application that says so, and its definition."""
    about, announced = part.subject, "and is announced here"
    here = f"Commissioners whose application for {about} {part.here} was approved"
    approved = part.of(APPROVED)
    yield "approved", f"Approved for {about}", approved, f"{here} without conditions, {announced}"
    on_conditions = f"Approved for {about} on conditions"
    yield "conditional", on_conditions, part.of(CONDITIONAL), f"{here} on conditions, {announced}"
    if widely := part.widely:
        so_far = _so_far(part, approved, population, released_at)
        yield "all-approved", f"Approved for {widely} so far", so_far, SO_FAR.format(subject=widely)
    applied = {
        each: application
        for each, application in _applied(part.rounds, released_at).items()
        if each in population
    }
    everybody = f"Commissioners that applied {part.here}, whatever came of it"
    yield "applied", f"Applied for {about}", applied, everybody


def _so_far(
    part: Part, approved: Mapping[str, str], population: dict[str, CommissionerRow], at: datetime
) -> dict[str, str]:
    """Whose approval stands, of those announced here and before, with the application; empty where a source alone
    states it."""
    wide = [each for each in part.rounds if each.level > 1]
    if not wide:
        return {}
    counted = {row.commissioner for row in part.rows if row.decision.application.round in wide}
    approved = {each: application for each, application in approved.items() if each in counted}
    found = (approved_for(wide[0].groups, london_day(at)) | approved.keys()) & population.keys()
    before = _approved_before(part.widely, found - approved.keys(), at)
    return {each: approved.get(each) or before.get(each, "") for each in found}


def _applied(rounds: Sequence[Round], at: datetime) -> dict[str, str]:
    """Who had submitted an application in some rounds by an instant, with its id."""
    found = Application.objects.filter(round__in=rounds, submitted_at__lte=at)
    return dict(found.values_list("commissioner_id", "pk"))


def _approved_before(about: str, codes: Collection[str], at: datetime) -> dict[str, str]:
    """The last application of each of some commissioners, in rounds about the same, that was announced as approved by
    an instant."""
    found = Announced.objects.filter(
        outcome=APPROVED, commissioner__in=codes, announcement__released_at__lte=at
    ).order_by("announcement__released_at", "pk")
    return {
        commissioner: application
        for commissioner, application, groups in found.values_list(
            "commissioner", "decision__application", "decision__application__round__groups"
        )
        if subject_of(None, groups) == about
    }


def _ref(commissioner: str, applications: Mapping[str, str]) -> str:
    """What a row leads to: the application with its decision; the commissioner, where a source alone states it."""
    found = applications.get(commissioner)
    return f"application/{found}" if found else f"organisation/{commissioner}"
