"""The form of one rule: a few fields for each kind, as `remit.engines.constitution.read_rule` takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from remit.constitutions.rules import motion_kinds
from remit.kernel.decision import Refused
from remit.web.delegation.forms.dated import DatedForm, said

YES_NO = (("yes", "Yes"), ("no", "No"))
LOCALITIES = "Does it have to be met in each locality?"
SHARE_HINT = "For example, 2/3 or 75%"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a rule as it is asked. `how`: share, number, radio, yes, words, date or bands."""

    name: str
    how: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    first: str = ""
    is_needed: bool = True


def _each_locality() -> Parameter:
    return Parameter("in_each_locality", "yes", LOCALITIES, first="no")


def _days(label: str, hint: str = "") -> Parameter:
    return Parameter("days", "number", label, hint)


VOTERS = (("practices", "Practices"), ("gps", "General practitioners"), ("both", "Both, side by side"))
UNITS = (("weight", "Votes by their weight"), ("voters", "Those who vote, by heads"))
KINDS: Mapping[str, tuple[str, tuple[Parameter, ...]]] = {
    "electorate": (
        "Who may vote",
        (
            Parameter("who", "radio", "Who may vote?", choices=VOTERS, first="practices"),
            Parameter(
                "binding",
                "radio",
                "Whose vote binds?",
                "Where only one of them votes, choose that one",
                (
                    ("practices", "That of practices"),
                    ("gps", "That of general practitioners"),
                    ("both", "Both"),
                ),
                "practices",
            ),
        ),
    ),
    "weights": (
        "What each vote weighs",
        (
            Parameter(
                "weighing",
                "radio",
                "How many votes has each?",
                choices=(
                    ("one_each", "One each"),
                    ("by_list", "As many as patients on the list"),
                    ("banded", "By bands of list size"),
                ),
                first="one_each",
            ),
            Parameter(
                "of",
                "radio",
                "Which patients count?",
                "Only where votes are weighed",
                (("", "None"), ("registered", "Registered"), ("weighted", "Weighted")),
                is_needed=False,
            ),
            Parameter("counted_on", "date", "Of which day is the list? (optional)", "For example, 1 4 2026"),
            Parameter(
                "bands",
                "bands",
                "Which bands are there?",
                "Only for votes by bands. One a line: the fewest patients, then the votes. For example, 0 1, and "
                "on the next line 5000 2",
                is_needed=False,
            ),
        ),
    ),
    "quorum": (
        "Quorum: how many have to take part",
        (
            Parameter(
                "share",
                "share",
                "Which share of the roll?",
                f"{SHARE_HINT}. Or a count, below",
                is_needed=False,
            ),
            Parameter("count", "number", "Or how many voters?", is_needed=False),
            Parameter("unit", "radio", "What is counted?", choices=UNITS, first="voters"),
            _each_locality(),
        ),
    ),
    "majority": (
        "Majority: what carries a motion",
        (
            Parameter("share", "share", "Which share?", SHARE_HINT),
            Parameter(
                "is_strict",
                "yes",
                "Does it have to be more than that share?",
                "If not, exactly that share is enough",
                first="yes",
            ),
            Parameter(
                "basis",
                "radio",
                "A share of what?",
                choices=(
                    ("cast", "Votes cast"),
                    ("present", "Those who take part"),
                    ("all", "All on the roll"),
                ),
                first="cast",
            ),
            Parameter("unit", "radio", "What is counted?", choices=UNITS, first="weight"),
            _each_locality(),
        ),
    ),
    "abstentions": (
        "Abstentions",
        (Parameter("are_cast", "yes", "Does an abstention count as a vote cast?", first="no"),),
    ),
    "tie": (
        "Tie",
        (
            Parameter(
                "tie",
                "radio",
                "What becomes of a tie?",
                choices=(("falls", "It is not carried"), ("casting_vote", "The chair has a casting vote")),
                first="falls",
            ),
        ),
    ),
    "notice": (
        "Notice",
        (
            _days("How many clear days of notice?"),
            Parameter(
                "urgent_days",
                "number",
                "How many where it is urgent and says why? (optional)",
                is_needed=False,
            ),
        ),
    ),
    "consultation": ("Consultation", (_days("For how many days at least are members consulted?"),)),
    "proxy": (
        "Voting for another",
        (
            Parameter(
                "most", "number", "For how many others may somebody vote?", "0: nobody votes for another"
            ),
        ),
    ),
    "requisition": (
        "Members require a meeting",
        (
            Parameter("share", "share", "Which share of the members may require one?", SHARE_HINT),
            _days("Within how many days is it held?"),
        ),
    ),
    "amendment": (
        "Amending this text",
        (Parameter("needs_approval", "yes", "Does NHS England have to approve an amendment?", first="yes"),),
    ),
    "removal": (
        "After a vote of no confidence",
        (_days("Within how many days is there an election, if it is carried?"),),
    ),
    "reelection": (
        "After a change of governance",
        (_days("Within how many days is the board elected anew, once it is in effect?"),),
    ),
    "sole": (
        "Who may decide alone",
        (
            Parameter("who", "words", "Who may decide alone?", "A role, not a name"),
            Parameter("what", "words", "What may they decide?"),
        ),
    ),
}
"""Each kind of rule: its name, and what is asked of it."""


class RuleForm(DatedForm):
    """One rule of a kind, and the kinds of motion that it is for."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.kind, self.parameters = kind, KINDS[kind][1]
        self.DATES = tuple(each.name for each in self.parameters if each.how == "date")
        super().__init__(*args, **kwargs)
        dates = dict(self.fields)
        self.fields.clear()
        for each in self.parameters:
            if each.how == "date":
                self.fields.update(dates)
            else:
                self.fields[each.name] = _field(each)
        self.fields["motions"] = forms.MultipleChoiceField(
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(each.code, each.name) for each in motion_kinds().values()],
        )

    def clean(self) -> dict[str, Any]:
        """The day and the bands."""
        data = self.cleaned_data
        for each in self.parameters:
            if each.how == "date":
                day = self.day_of(each.name, "The day")
                data[each.name] = day.isoformat() if day else ""
            elif each.how == "bands":
                data[each.name] = self._bands(data.get(each.name, ""))
        return data

    def _bands(self, typed: str) -> list[dict[str, int]]:
        found = []
        for line in typed.splitlines():
            parts = line.replace(",", "").split()
            if not parts:
                continue
            if len(parts) != 2 or not all(
                each.isascii() and each.isdigit() and len(each) < 10 for each in parts
            ):
                self.add_error("bands", "Write each band on a line of its own, like 5000 2")
                return []
            found.append({"least": int(parts[0]), "votes": int(parts[1])})
        return found

    @property
    def raw(self) -> dict[str, Any]:
        """The rule as a clause keeps it. Only after `is_valid`."""
        given: dict[str, Any] = {"kind": self.kind}
        for each in self.parameters:
            value = self.cleaned_data[each.name]
            if each.how == "yes":
                given[each.name] = value == "yes"
            elif value:
                given[each.name] = _number(value) if each.how == "number" else value
        if self.cleaned_data["motions"]:
            given["motions"] = self.cleaned_data["motions"]
        return given

    def field_of(self, refusal: Refused) -> str:
        """Beside which field a refusal is shown: the one that it names, or the first."""
        named = [name for name in re.findall(r"“(\w+)”", str(refusal)) if name in self.fields]
        return named[0] if named else next(iter(self.fields))


def _field(each: Parameter) -> forms.Field:
    if each.how in {"radio", "yes"}:
        return forms.ChoiceField(
            required=each.is_needed,
            widget=forms.RadioSelect,
            choices=each.choices or YES_NO,
            initial=each.first,
            error_messages=said("Select one of these"),
        )
    words = {"share": "Enter a share, like 2/3 or 75%", "number": "Enter a whole number"}
    return forms.CharField(
        required=each.is_needed,
        max_length=2000,
        error_messages=said(words.get(each.how, "Fill in this field")),
    )


def _number(typed: str) -> int | str:
    """The number typed; what is none stays as it is, for the rule to refuse."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else typed
