"""The forms of the delegation programme. They read what was typed; what is allowed, the actions decide."""

from remit.web.delegation.forms.agreeing import (
    IssueForm,
    NoticeForm,
    PositionForm,
    RateForm,
    ReturnForm,
    ReviewForm,
    RevokeForm,
    SignForm,
    TakeOverForm,
    WordsForm,
)
from remit.web.delegation.forms.announcing import (
    AnnounceForm,
)
from remit.web.delegation.forms.applying import (
    AnswerForm,
    ReasonsForm,
)
from remit.web.delegation.forms.assessing import (
    MOST_CONDITIONS,
    DecideForm,
)
from remit.web.delegation.forms.filling import (
    AskForm,
    ChangeForm,
    LineForm,
    SignatureForm,
)
from remit.web.delegation.forms.rounds import (
    RoundForm,
)
from remit.web.delegation.forms.scope import (
    CallInForm,
    ScopeForm,
    SettleForm,
)
from remit.web.delegation.forms.using import (
    UseForm,
)

__all__ = [
    "MOST_CONDITIONS",
    "AnnounceForm",
    "AnswerForm",
    "AskForm",
    "CallInForm",
    "ChangeForm",
    "DecideForm",
    "IssueForm",
    "LineForm",
    "NoticeForm",
    "PositionForm",
    "RateForm",
    "ReasonsForm",
    "ReturnForm",
    "ReviewForm",
    "RevokeForm",
    "RoundForm",
    "ScopeForm",
    "SettleForm",
    "SignForm",
    "SignatureForm",
    "TakeOverForm",
    "UseForm",
    "WordsForm",
]
