"""The forms of the delegation programme. They read what was typed; what is allowed, the actions decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django import forms

from remit.delegation.actions.deciding import Condition
from remit.delegation.rules import Question, levels, powers
from remit.delegation.states import OUTCOMES, STATE_WORDS
from remit.engines.deadlines import (
    Deadline,
    NotALocalTime,
    before_day,
    by_end_of_day,
    by_time,
    london_instant,
)
from remit.web.as_at import FIELDS, WrongDate, typed_date
from remit.web.delegation.times import WrongTime, typed_time
from remit.web.forms import OnceForm

MOST_CONDITIONS = 12
HOW_DEADLINE = (
    ("by_time", "At a time on that day"),
    ("before_day", "Before that day: the day before is the last"),
    ("end_of_day", "By the end of that day"),
)
BAD_CODE = "The code can have letters, digits and hyphens"


def said(words: str) -> dict[str, str]:
    """What an empty field says."""
    return {"required": words}


class DatedForm(forms.Form):
    """A form with days of three fields each, `prefix`_day, _month and _year, and times of day."""

    DATES: tuple[str, ...] = ()
    TIMES: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prefix in self.DATES:
            for part in FIELDS:
                self.fields[f"{prefix}_{part}"] = forms.CharField(required=False, max_length=20)
        for name in self.TIMES:
            self.fields[name] = forms.CharField(required=False, max_length=20)

    def day_of(self, prefix: str, what: str, empty: str = "") -> date | None:
        """The day typed; None where it is wrong, which the form then says, or empty. `empty` is said of that."""
        typed = [self.cleaned_data.get(f"{prefix}_{part}", "").strip() for part in FIELDS]
        if not any(typed):
            if empty:
                self.add_error(f"{prefix}_day", empty)
            return None
        try:
            return typed_date(*typed)
        except WrongDate as wrong:
            self.add_error(f"{prefix}_{wrong.field}", str(wrong).replace("Date must", f"{what} must"))
            return None

    def time_of(self, name: str) -> time | None:
        """The time typed; None where it is wrong, which the form then says."""
        try:
            return typed_time(self.cleaned_data.get(name, ""))
        except WrongTime as wrong:
            self.add_error(name, str(wrong))
            return None

    def instant_of(self, prefix: str, name: str, what: str, empty: str) -> datetime | None:
        """The London day and time typed, as an instant; None where either is wrong, which the form then says."""
        day, at = self.day_of(prefix, what, empty), self.time_of(name)
        if day is None or at is None:
            return None
        try:
            return london_instant(day, at)
        except NotALocalTime as wrong:
            self.add_error(name, str(wrong))
            return None


class RoundForm(DatedForm):
    """A round to open."""

    DATES = ("opens", "deadline", "due", "effective")
    TIMES = ("opens_time", "deadline_time")
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})
    level = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, error_messages=said("Select a level")
    )
    how = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=HOW_DEADLINE,
        error_messages=said("Select how the deadline is meant"),
    )
    is_inclusive = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(number, level.title) for number, level in sorted(levels().items(), reverse=True)]
        self.fields["level"].choices = named  # type: ignore[attr-defined]
        self.order_fields(
            (
                "title",
                "code",
                "level",
                *(f"opens_{part}" for part in FIELDS),
                "opens_time",
                *(f"deadline_{part}" for part in FIELDS),
                "how",
                "deadline_time",
            )
        )

    def clean_code(self) -> str:
        """ "new" is the address of this form."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is taken")
        return code

    def clean(self) -> dict[str, Any]:
        """The opening, the deadline, and two days."""
        super().clean()
        data = self.cleaned_data
        data["opens_at"] = self.instant_of(
            "opens", "opens_time", "The opening day", "Enter the day on which the round opens"
        )
        data["deadline"] = self._deadline()
        data["decisions_due_on"] = self.day_of("due", "The day on which decisions are due")
        data["effective_on"] = self.day_of(
            "effective", "The day on which powers come on", "Enter the day on which powers come on"
        )
        return data

    def _deadline(self) -> Deadline | None:
        day = self.day_of("deadline", "The deadline", "Enter the day of the deadline")
        how = self.cleaned_data.get("how")
        if how == "by_time":
            at = self.time_of("deadline_time")
            if day is None or at is None:
                return None
            try:
                return by_time(day, at, is_inclusive=self.cleaned_data["is_inclusive"])
            except NotALocalTime as wrong:
                self.add_error("deadline_time", str(wrong))
                return None
        if day is None:
            return None
        return before_day(day) if how == "before_day" else by_end_of_day(day)


class AnswerForm(DatedForm):
    """One question of an application."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.DATES = ("answer",) if question.kind == "day" else ()
        super().__init__(*args, **kwargs)
        self.question = question
        if question.kind == "choice":
            self.fields["answer"] = forms.ChoiceField(
                widget=forms.RadioSelect,
                choices=list(question.choices),
                error_messages=said("Select one of the answers"),
            )
        if question.kind == "words":
            self.fields["answer"] = forms.CharField(
                max_length=question.most,
                error_messages=said("Enter your answer")
                | {"max_length": f"Your answer must be {question.most:,} characters or fewer"},
            )

    def clean(self) -> dict[str, Any]:
        """A day as the draft keeps it."""
        super().clean()
        if self.question.kind == "day":
            day = self.day_of("answer", "The date", "Enter the day")
            self.cleaned_data["answer"] = day.isoformat() if day else ""
        return self.cleaned_data

    @staticmethod
    def kept(question: Question, answer: str) -> dict[str, str]:
        """What the form shows of an answer that the draft holds."""
        if question.kind == "day" and answer:
            day = date.fromisoformat(answer)
            return {f"answer_{part}": str(getattr(day, part)) for part in FIELDS}
        return {"answer": answer}


class ReasonsForm(forms.Form):
    """Why an application is withdrawn."""

    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))


class DecideForm(DatedForm):
    """A decision, one of `outcomes` (all, if none are given); of the `shown` conditions, those filled in count."""

    outcome = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[(outcome, STATE_WORDS[outcome]) for outcome in OUTCOMES],
        error_messages=said("Select a decision"),
    )
    reasons = forms.CharField(max_length=4000, error_messages=said("Enter your reasons"))

    def __init__(self, *args: Any, shown: int = 1, outcomes: Collection[str] = (), **kwargs: Any) -> None:
        self.shown = min(max(1, shown), MOST_CONDITIONS)
        self.DATES = tuple(f"due{number}" for number in range(1, self.shown + 1))
        super().__init__(*args, **kwargs)
        if outcomes:
            offered = [(each, STATE_WORDS[each]) for each in OUTCOMES if each in outcomes]
            self.fields["outcome"].choices = offered  # type: ignore[attr-defined]
        order = ["outcome", "reasons"]
        for number in range(1, self.shown + 1):
            self.fields[f"what{number}"] = forms.CharField(required=False, max_length=500)
            self.fields[f"owner{number}"] = forms.CharField(required=False, max_length=200)
            order += [f"what{number}", f"owner{number}", *(f"due{number}_{part}" for part in FIELDS)]
        self.order_fields(order)

    def clean(self) -> dict[str, Any]:
        """The conditions that were filled in."""
        super().clean()
        found = [self._condition(number) for number in range(1, self.shown + 1)]
        self.cleaned_data["conditions"] = [each for each in found if each is not None]
        return self.cleaned_data

    def _condition(self, number: int) -> Condition | None:
        what, owner = (self.cleaned_data.get(f"{name}{number}", "") for name in ("what", "owner"))
        typed = [self.cleaned_data.get(f"due{number}_{part}", "") for part in FIELDS]
        if not (what or owner or any(typed)):
            return None
        if not what:
            self.add_error(f"what{number}", "Enter what has to be done")
        if not owner:
            self.add_error(f"owner{number}", "Enter who has to do it")
        due_on = self.day_of(f"due{number}", "The day", "Enter the day by which it has to be done")
        return Condition(what, owner, due_on) if what and owner and due_on else None


class AnnounceForm(DatedForm):
    """An announcement of a batch. Its numbers are not here: they are counted."""

    DATES = ("embargo",)
    TIMES = ("embargo_time",)
    headline = forms.CharField(max_length=200, error_messages=said("Enter a headline"))
    event = forms.CharField(max_length=200, required=False)
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})

    def clean_code(self) -> str:
        """ "new" is the address of this form."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is taken")
        return code

    def clean(self) -> dict[str, Any]:
        """The embargo, if either of its parts is given."""
        super().clean()
        names = ("embargo_time", *(f"embargo_{part}" for part in FIELDS))
        is_given = any(self.cleaned_data.get(name, "").strip() for name in names)
        self.cleaned_data["embargo_until"] = (
            self.instant_of(
                "embargo", "embargo_time", "The embargo’s day", "Enter the day on which the embargo ends"
            )
            if is_given
            else None
        )
        return self.cleaned_data


class UseForm(OnceForm):
    """Something done under a power."""

    power = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select a power"))
    what = forms.CharField(max_length=300, error_messages=said("Say what was done"))
    field_order = ("power", "what", "once")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(power.code, power.name) for power in powers().values()]
        self.fields["power"].choices = named  # type: ignore[attr-defined]
