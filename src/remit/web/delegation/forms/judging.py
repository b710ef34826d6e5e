"""Forms of those who assess: scores, views along the chain, interests, flags, challenges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from remit.delegation.rules import Criterion, interest_kinds, scale, stage_views
from remit.web.delegation.forms.dated import DatedForm, said


def _scale() -> list[tuple[str, str]]:
    return [(str(each.score), f"{each.score}: {each.name}") for each in scale().values()]


class ScoreForm(forms.Form):
    """A score and why, for each of some criteria: fields ``score_CODE`` and ``why_CODE``."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"score_{each.code}"] = forms.ChoiceField(
                widget=forms.RadioSelect,
                choices=_scale(),
                error_messages=said(f"Select a score for “{each.name}”"),
            )
            self.fields[f"why_{each.code}"] = forms.CharField(
                max_length=2000, error_messages=said(f"Say why you give that score for “{each.name}”")
            )

    @property
    def given(self) -> dict[str, tuple[int, str]]:
        """The scores with their justifications. Only after `is_valid`."""
        data = self.cleaned_data
        return {
            each.code: (int(data[f"score_{each.code}"]), data[f"why_{each.code}"]) for each in self.criteria
        }


class SettleForm(forms.Form):
    """A moderated score and why."""

    score = forms.ChoiceField(widget=forms.RadioSelect, choices=_scale, error_messages=said("Select a score"))
    reasons = forms.CharField(max_length=2000, error_messages=said("Say why this score stands"))


class StageForm(forms.Form):
    """A view along the chain and its reasons; or only reasons, to send it back."""

    view = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=lambda: [*stage_views().items(), ("sent_back", "Send it back to the stage before")],
        error_messages=said("Select what you think of the application"),
    )
    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))


class AssignForm(forms.Form):
    """Who assesses, of those who can."""

    person = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select an assessor"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class ReleaseForm(AssignForm):
    """Which assessor is released, and why."""

    reasons = forms.CharField(max_length=500, error_messages=said("Enter why they are released"))


class FlagForm(forms.Form):
    """What somebody has to look into."""

    what = forms.CharField(max_length=500, error_messages=said("Enter what somebody has to look into"))


class InterestForm(DatedForm):
    """An interest of one's own."""

    DATES = ("began",)
    organisation = forms.CharField(max_length=12, error_messages=said("Enter the code of the organisation"))
    kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=lambda: list(interest_kinds().items()),
        error_messages=said("Select what kind of interest it is"),
    )
    what = forms.CharField(max_length=500, error_messages=said("Enter what the interest is"))

    def clean(self) -> dict[str, Any]:
        """The day it began."""
        super().clean()
        self.cleaned_data["began_on"] = self.day_of("began", "The day", "Enter the day the interest began")
        return self.cleaned_data


class EndInterestForm(DatedForm):
    """The last day of an interest of one's own."""

    DATES = ("ended",)

    def clean(self) -> dict[str, Any]:
        """The day it ended."""
        super().clean()
        self.cleaned_data["ended_on"] = self.day_of("ended", "The day", "Enter the day the interest ended")
        return self.cleaned_data


class ChallengeForm(forms.Form):
    """The grounds of a challenge."""

    grounds = forms.CharField(max_length=4000, error_messages=said("Enter your grounds"))


class ConditionForm(forms.Form):
    """Whether a condition was met, and what shows it."""

    met = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("yes", "It is met"), ("no", "It is not met")],
        error_messages=said("Select whether the condition is met"),
    )
    evidence = forms.CharField(max_length=2000, error_messages=said("Enter what shows it"))


class TakeUpForm(forms.Form):
    """In which round a lower level is taken up."""

    round = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select a round"))

    def __init__(self, *args: Any, rounds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = list(rounds)  # type: ignore[attr-defined]


class FlagStepForm(forms.Form):
    """What is done about a flag: allocated to somebody, or settled with why."""

    step = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select what is done about it"))
    words = forms.CharField(required=False, max_length=1000)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            *((person, f"Allocate it to {name}") for person, name in people),
            ("resolved", "It is resolved"),
            ("stopped", "It is stopped: nothing more is done"),
        ]


class AnswerForm(forms.Form):
    """What becomes of a challenge."""

    step = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            ("acknowledged", "Acknowledge it"),
            ("upheld", "Uphold it: the application waits for a decision again"),
            ("rejected", "Do not uphold it: the decision stands"),
        ],
        error_messages=said("Select what becomes of the challenge"),
    )
    answer = forms.CharField(required=False, max_length=4000)
