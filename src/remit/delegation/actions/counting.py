"""What an announcement counts: its figures, each opening into its rows, and the counts that its words may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from remit.delegation.models import Agreement, Announced, Application, Arrangement, Round
from remit.delegation.queries.positions import approved_for
from remit.delegation.rules import subject_of, words_of_counts
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.figures import Counted
from remit.figures.actions import FigureDraft
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import CommissionerRow

SO_FAR = "Commissioners whose approval for {subject} stands, those announced here and those before"
FIGURES = ("approved", "conditional", "so_far", "applied")


def counted_of(held: Round, figures: Sequence[FigureDraft], released_at: datetime) -> list[Counted]:
    """The counts that the words of an announcement may say, what is announced first: its figures, and how many of the
    round had signed and had powers in effect by then."""
    words = words_of_counts()
    found = [
        Counted(
            each.label,
            each.numerator or 0,
            each.base or 0,
            words[code],
            qualifies=code in ("conditional", "so_far"),
            is_applied=code == "applied",
        )
        for code, each in zip(FIGURES, figures, strict=True)
    ]
    base = found[0].base
    for code, label in (("signed", "Signed in this round"), ("effective", "In effect of this round")):
        count = len(_come_so_far(held, released_at)[code])
        found.append(Counted(label, count, base, words[code]))
    return found


def stages_of(rows: list[Announced], held: Round, released_at: datetime) -> Mapping[str, int]:
    """How many of those approved here have signed in their round by an instant, and have its powers in effect."""
    approved = {row.commissioner for row in rows if row.outcome == APPROVED}
    return {stage: len(approved & codes) for stage, codes in _come_so_far(held, released_at).items()}


def _come_so_far(held: Round, at: datetime) -> dict[str, set[str]]:
    """Who in a round, for its contractor groups, had signed by an instant; and had its powers in effect."""
    on = london_day(at)
    agreed = Agreement.objects.filter(application__round=held, signed_at__lte=at)
    arranged = Arrangement.objects.filter(application__round=held, made_at__lte=at)
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
    code: str,
    held: Round,
    rows: list[Announced],
    population: dict[str, CommissionerRow],
    released_at: datetime,
) -> list[FigureDraft]:
    """The numbers of the announcement: approved; approved on conditions; approved so far; applied. What is so far is
    of Level 2 or 3, or of the round's contractor groups."""
    on = london_day(released_at)
    approved = {row.commissioner for row in rows if row.outcome == APPROVED}
    conditional = {row.commissioner for row in rows if row.outcome == CONDITIONAL}
    so_far = approved_for(held.groups, on) | approved if held.level > 1 else set()
    so_far &= population.keys()
    about, widely = subject_of(held.level, held.groups), subject_of(None, held.groups)
    here = f"Commissioners whose application for {about} in this round was approved"
    in_round = _applied(held, released_at)
    applied = in_round.keys() & population.keys()
    decided = {row.commissioner: row.decision.application_id for row in rows}
    of_all = _approved_before(held, so_far - approved, released_at) | {
        each: decided[each] for each in approved & so_far
    }
    announced = "and is announced here"
    on_conditions = f"Approved for {about} on conditions"
    everybody = "Commissioners that applied in this round, whatever came of it"
    told = (
        ("approved", f"Approved for {about}", approved, f"{here} without conditions, {announced}", decided),
        ("conditional", on_conditions, conditional, f"{here} on conditions, {announced}", decided),
        ("all-approved", f"Approved for {widely} so far", so_far, SO_FAR.format(subject=widely), of_all),
        ("applied", f"Applied for {about}", applied, everybody, in_round),
    )
    everyone = tuple((f"organisation/{each.code}", readable_name(each.name)) for each in population.values())
    return [
        FigureDraft(
            id=f"{code}-{name}",
            label=label,
            definition=definition,
            numerator=len(codes),
            numerator_what="commissioners",
            numerator_rows=tuple(
                (_ref(each, applications), readable_name(population[each].name)) for each in sorted(codes)
            ),
            base=len(everyone),
            base_what=f"commissioners on {on.day} {on:%B} {on.year}",
            base_rows=everyone,
            on=on,
            source="Decisions recorded in Remit",
            rounding="half_up",
            places=0,
        )
        for name, label, codes, definition, applications in told
    ]


def _applied(held: Round, at: datetime) -> dict[str, str]:
    """Who had submitted an application in a round by an instant, with its id."""
    found = Application.objects.filter(round=held, submitted_at__lte=at)
    return dict(found.values_list("commissioner_id", "pk"))


def _approved_before(held: Round, codes: Collection[str], at: datetime) -> dict[str, str]:
    """The last application of each of some commissioners, in rounds about the same as this one, that was announced as
    approved by an instant."""
    found = Announced.objects.filter(
        outcome=APPROVED, commissioner__in=codes, announcement__released_at__lte=at
    ).order_by("announcement__released_at", "pk")
    about = subject_of(None, held.groups)
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
