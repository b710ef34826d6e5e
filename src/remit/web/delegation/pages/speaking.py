"""What a commissioner is asked before it applies: its interest, its plans, its own rules."""

from __future__ import annotations

from remit.delegation.queries import ProgrammeRow
from remit.web.delegation.forms.interests import MOST_MEETINGS, InterestForm, PositionForm, RulesForm
from remit.web.delegation.pages.asking import Asked, AskingPage, asking_page
from remit.web.delegation.pages.programmes import crumbs_to
from remit.web.forms import problems_of
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs


def interest_page(row: ProgrammeRow, form: InterestForm) -> AskingPage:
    """Expressing interest."""
    return asking_page(
        "Express interest",
        crumbs_to(row),
        form,
        problems_of(form),
        Asked("radio", "level", "At which level would your organisation like to commission?"),
        Asked("radio", "manage", "Would it manage the performance of practices under their contracts?"),
        Asked("area", "words", "Anything else (optional)", "At most 2,000 characters."),
        lead=("That you express interest, and in what, is public. It is no application.",),
        button="Express interest",
    )


def position_page(row: ProgrammeRow, form: PositionForm) -> AskingPage:
    """Saying what one's organisation plans."""
    return asking_page(
        "Say what your organisation plans",
        crumbs_to(row),
        form,
        problems_of(form),
        Asked("radio", "answer", "What does your organisation plan?"),
        Asked("area", "reasons", "Why?", "Needed for “not now, later”. At most 2,000 characters."),
        lead=(
            "This is public, and it is no application. If you say “not now, later”, you are invited when the next "
            "round opens.",
        ),
        button="Record it",
    )


def rules_page(code: str, form: RulesForm) -> AskingPage:
    """Recording a commissioner's own rules."""
    return asking_page(
        "Record your own timetable rules",
        (*crumbs(None), Crumb(code, address("commissioner", code))),
        form,
        problems_of(form),
        Asked("text", "source", "Where does this stand?", "For example, Constitution of 2014, clause 7.2"),
        Asked("date", "from", "From which day does it hold?", "For example, 1 4 2014"),
        *(
            Asked("number", step.code, step.name, f"Calendar days. Assumed otherwise: {step.days}")
            for step in form.steps.values()
        ),
        Asked("number", "every", "Your committee meets every so many days (optional)"),
        *(
            Asked("date", f"meets{number}", f"A day on which your committee meets ({number}, optional)")
            for number in range(1, MOST_MEETINGS + 1)
        ),
        lead=("Leave a step empty to keep what is assumed. What you record is public.",),
        button="Record",
    )
