"""The forms of the ledger's keeper and its witnesses. What is right is decided by the actions."""

from __future__ import annotations

from django import forms

from remit.web.forms import OnceForm

LONGEST_KEY, LONGEST_LINE = 400, 2000
MOST_ENTRIES = 2**53


class WitnessForm(OnceForm):
    """The public key of a witness."""

    vkey = forms.CharField(
        max_length=LONGEST_KEY, error_messages={"required": "Enter the witness’s public key"}
    )


class CosignatureForm(OnceForm):
    """A line that a witness signed, and how many entries the checkpoint has that it is on."""

    size = forms.IntegerField(
        min_value=0,
        max_value=MOST_ENTRIES,
        error_messages={
            "required": "Enter how many entries the checkpoint has",
            "invalid": "Enter how many entries the checkpoint has, in numbers",
        },
    )
    line = forms.CharField(
        max_length=LONGEST_LINE, error_messages={"required": "Enter the signature line that was printed"}
    )
