"""Forms of an application."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from remit.delegation.rules import Question
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said


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
