"""Forms of whoever runs votes: the wording, the notice, reasons, and the declaration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from remit.constitutions.rules import motion_kinds
from remit.delegation.rules import powers
from remit.motions.actions.enrolling import Seat
from remit.motions.actions.noticing import WAYS, Notice, Wording
from remit.web.delegation.forms.dated import DatedForm, said

Choices = list[tuple[str, str]]
LEVELS = [("", "None"), ("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")]


def kinds() -> Choices:
    """The kinds of motion, each with what it is for."""
    return [(each.code, f"{each.name}: {each.what}") for each in motion_kinds().values()]


def _powers() -> Choices:
    return sorted({each.code: each.name for each in powers().values()}.items(), key=lambda pair: pair[1])


def lines_of(text: str) -> list[str]:
    """The lines that hold something."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def codes_of(text: str) -> list[str]:
    """Codes, one a line or with commas."""
    return text.replace(",", " ").replace(";", " ").split()


def _options(text: str) -> list[tuple[str, str]]:
    """Each line is an option; its code is made of its words."""
    return [
        (slugify(line)[:20].strip("-") or f"option-{number}", line)
        for number, line in enumerate(lines_of(text), 1)
    ]


class WordingForm(forms.Form):
    """What a motion says. `texts`: amendments of the constitution that can be put."""

    kind = forms.ChoiceField(
        widget=forms.RadioSelect, choices=kinds, error_messages=said("Select what kind of motion it is")
    )
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    words = forms.CharField(max_length=20_000, error_messages=said("Enter what the motion says"))
    way = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=list(WAYS.items()),
        initial="recorded",
        error_messages=said("Select how members vote"),
    )
    options = forms.CharField(required=False, max_length=5000)
    concerns = forms.CharField(required=False, max_length=20_000)
    powers = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, choices=_powers)
    level = forms.ChoiceField(required=False, widget=forms.RadioSelect, choices=LEVELS, initial="")
    amends = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial="")

    def __init__(self, *args: Any, texts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amends"].choices = [("", "None"), *texts]  # type: ignore[attr-defined]

    @property
    def wording(self) -> Wording:
        """What was entered. Only after `is_valid`."""
        data = self.cleaned_data
        return Wording(
            kind=data["kind"],
            title=data["title"],
            words=data["words"],
            way=data["way"],
            options=_options(data["options"]),
            concerns=codes_of(data["concerns"]),
            powers=data["powers"],
            level=int(data["level"]) if data["level"] else None,
            amends=data["amends"],
        )


class ReplaceForm(WordingForm):
    """Another wording, and why."""

    reasons = forms.CharField(max_length=5000, error_messages=said("Enter why it is replaced"))


class NoticeForm(DatedForm):
    """When a vote opens and closes, by London's clocks, and on which roll."""

    DATES = ("opens", "closes")
    TIMES = ("opens_time", "closes_time")

    meeting = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial="")
    consultation = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial="")
    urgency = forms.CharField(required=False, max_length=5000)
    seats = forms.CharField(required=False, max_length=100_000)
    localities = forms.CharField(required=False, max_length=100_000)

    def __init__(self, *args: Any, meetings: Choices, consultations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", "None"), *meetings]  # type: ignore[attr-defined]
        self.fields["consultation"].choices = [("", "None"), *consultations]  # type: ignore[attr-defined]
        days = [f"{each}_{part}" for each in self.DATES for part in ("day", "month", "year", "time")]
        self.order_fields([*days, "meeting", "consultation", "urgency", "seats", "localities"])

    def clean(self) -> dict[str, Any]:
        """The two instants, and each practice's locality."""
        super().clean()
        self.cleaned_data["opens_at"] = self.instant_of(
            "opens", "opens_time", "The date", "Enter the day on which the vote opens"
        )
        self.cleaned_data["closes_at"] = self.instant_of(
            "closes", "closes_time", "The date", "Enter the day on which the vote closes"
        )
        return self.cleaned_data

    def clean_localities(self) -> dict[str, str]:
        """Each line is a code and its locality."""
        found = {}
        for line in lines_of(self.cleaned_data["localities"]):
            code, _, locality = re.sub(r"[:,;]", " ", line).partition(" ")
            if not locality.strip():
                raise forms.ValidationError(f"Enter a code and its locality on each line, not “{line}”")
            found[code.upper()] = locality.strip()
        return found

    @property
    def notice(self) -> Notice:
        """What was entered. Only after `is_valid`."""
        data = self.cleaned_data
        return Notice(
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            meeting=data["meeting"],
            consultation=data["consultation"],
            urgency=data["urgency"],
            localities=data["localities"],
            seats=[Seat(name) for name in lines_of(data["seats"])],
        )


class ReasonsForm(forms.Form):
    """Reasons, that everybody can read."""

    reasons = forms.CharField(max_length=20_000, error_messages=said("Enter the reasons"))


class DeclareForm(forms.Form):
    """Who saw the count, what they say of it, and the chair's vote in a tie."""

    scrutineer = forms.CharField(max_length=150, error_messages=said("Enter who saw the count"))
    report = forms.CharField(required=False, max_length=20_000)
    casting_vote = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "None"), ("for", "For"), ("against", "Against")],
        initial="",
    )


class SettleForm(forms.Form):
    """What becomes of a challenge of the roll."""

    verdict = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("upheld", "Uphold it: the roll is changed"), ("dismissed", "Dismiss it")],
        error_messages=said("Select whether it is upheld"),
    )
    answer = forms.CharField(max_length=20_000, error_messages=said("Enter the reasons"))


def offered_texts(rows: Sequence[Any]) -> Choices:
    """Amendments that have been put forward."""
    return [(row.id, row.title) for row in rows if row.state == "proposed"]
