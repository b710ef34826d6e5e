"""Forms of an application."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from remit.delegation.queries.contents import pounds
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
        if question.kind == "several":
            self.fields["answer"] = forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple,
                choices=list(question.choices),
                error_messages=said("Select at least one of the answers"),
            )
        if question.kind in {"whole", "money", "wte"}:
            self.fields["answer"] = forms.CharField(max_length=40, error_messages=said("Enter a number"))
        if question.kind == "words":
            self.fields["answer"] = forms.CharField(
                max_length=question.most,
                error_messages=said("Enter your answer")
                | {"max_length": f"Your answer must be {question.most:,} characters or fewer"},
            )
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """A day as the draft keeps it."""
        super().clean()
        if self.question.kind == "day":
            day = self.day_of("answer", "The date", "Enter the day")
            self.cleaned_data["answer"] = day.isoformat() if day else ""
        if self.question.kind == "several":
            self.cleaned_data["answer"] = ",".join(self.cleaned_data.get("answer", ()))
        return self.cleaned_data

    def see_again(self, now: str) -> None:
        """Somebody else changed the answer: what they said is shown, and saving once more counts."""
        self.data = self.data.copy()
        self.data["seen"] = now

    @staticmethod
    def kept(question: Question, answer: str) -> dict[str, Any]:
        """What the form shows of an answer that the draft holds; `seen` comes back, to notice a colleague's change."""
        return {**AnswerForm._shown(question, answer), "seen": answer}

    @staticmethod
    def _shown(question: Question, answer: str) -> dict[str, Any]:
        if question.kind == "several":
            return {"answer": answer.split(",") if answer else []}
        if question.kind == "money" and answer:
            return {"answer": pounds(int(answer)).removeprefix("£")}
        if question.kind == "day" and answer:
            day = date.fromisoformat(answer)
            return {f"answer_{part}": str(getattr(day, part)) for part in FIELDS}
        return {"answer": answer}


class ReasonsForm(forms.Form):
    """Why an application is withdrawn."""

    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))
