"""The full form filled in: twelve sections, by a commissioner and its local office, signed by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from remit.delegation import actions
from remit.delegation.queries import form_in
from remit.delegation.rules.forms import STATEMENT
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day

Answers = Mapping[str, str]
Lines = Mapping[str, list[Answers]]

WAYS = ("ballot", "show_of_hands", "letter", "ballot", "none")
STATED = {
    "reservation_scheme": "Approved by the governing body together with the constitution.",
    "terms_of_reference": "The model terms of reference, with one more lay member.",
    "lay_chair": "The lay member for patients is in the chair, the lay member for governance the vice-chair.",
    "no_gp_majority": "Three of the nine who vote are general practitioners.",
    "conflicts_policy": "Revised after the statutory guidance was.",
    "registers": "On our website, and brought up to date each quarter.",
    "procurement_register": "On our website.",
    "reserves": "One per cent is spent once only, and half a per cent kept as a contingency.",
    "healthwatch": "Both were asked. Healthwatch wants to be told of each change at a practice.",
    "information_toolkit": "Met in March.",
    "data_sharing": "Signed by both.",
    "deficit": "The year is forecast to end in balance.",
}
"""What is stated of each item of the checklist; one in each application is only under way."""
SIGNATORIES = (
    "Wilhelmina Carr-Adeyemi",
    "Barnaby Thistleton",
    "Oluchi Penrose",
    "Gwendolen Ashworth-Rao",
    "Lysander Fenn",
)
"""Who signs, in turn. Every name is invented."""
DUTY_SHARES = (16, 14, 8, 9, 6, 7, 8, 6, 4, 5, 12, 5)
"""How the running costs are shared out among the duties, in hundredths."""
BENEFITS = (
    ("More appointments outside working hours", "Appointments offered after 18:30, for each 1,000 patients"),
    (
        "Fewer people sent from practice to hospital and back",
        "First outpatient appointments without treatment",
    ),
    ("Practices and community nurses plan as one", ""),
)


@dataclass(frozen=True)
class Bid:
    """What makes one application differ from another. `groups`: contractor groups; `number`: its place among all.

    `powers`: (power, what it is wanted for). `passes_nothing`: no running costs come with the duties.
    """

    number: int
    groups: tuple[str, ...]
    powers: tuple[tuple[str, str], ...]
    powers_on: date
    asked_on: date
    passes_nothing: bool = False


GENERAL_POWERS = (
    ("design_local_schemes", "A local scheme for care in nursing homes."),
    ("approve_mergers", "Practices want to join, and need an answer within weeks."),
    ("establish_practices", "Two towns grow, and need a practice each."),
    ("performance_manage", "Visits to every practice within two years."),
)


def general_bid(number: int, on: date, asked_on: date) -> Bid:
    """A bid for the powers over general practice."""
    powers = tuple(GENERAL_POWERS[(number + each) % len(GENERAL_POWERS)] for each in range(1 + number % 3))
    return Bid(number, ("general_practice",), powers, on, asked_on, passes_nothing=number % 7 == 3)


def answers_of(bid: Bid) -> Iterator[tuple[str, str]]:
    """Each plain answer, by question."""
    way = WAYS[bid.number % len(WAYS)]
    yield "bid", "alone"
    yield "contractors", ",".join(bid.groups)
    yield "powers_on", bid.powers_on.isoformat()
    yield "replace_qof", "yes" if bid.number % 5 == 1 else "undecided" if bid.number % 5 == 2 else "no"
    yield "constitution", "applied" if bid.number % 4 == 2 else "amended"
    yield "evidence", way
    if way != "none":
        yield "asked_on", bid.asked_on.isoformat()
        yield (
            "members_said",
            "Most were for it. Those against it fear that their own commissioner will inspect them.",
        )
    yield "contractor_views", "The committee was asked in September. It takes no side."
    yield "lmc_view", "The committee was asked in September. It takes no side."
    yield "allocation", str(28_000_000 + bid.number * 1_375_000)
    yield "running_costs", str(_running_costs(bid))
    yield "pms_review", "Finished by March. What is released stays with general practice in the area."
    yield "pressures", "Premises: two leases end. Lists grow by about 1% a year."
    yield "staff_share", "Three people of the local office work for us two days a week each."
    yield "strategy", "It brings general practice into the plan that hospitals and community services share."
    yield "directions", "no"


def lines_of(bid: Bid, on: date, duties: Sequence[str]) -> Lines:
    """The lines of each table, by question."""
    return {
        "powers_wanted": [{"power": code, "use": use} for code, use in bid.powers],
        "duties": list(_duties(bid, duties)),
        "capacity": [
            {
                "what": "Contracting team",
                "wte_now": "2.5",
                "wte_needed": "4",
                "plan": "Two posts are advertised.",
            },
            {"what": "Finance", "wte_now": "1", "wte_needed": f"{1 + bid.number % 3 * 0.5:.1f}", "plan": ""},
        ],
        "benefits": [
            {
                "what": what,
                "indicator": indicator,
                "review_on": (on + timedelta(days=500)).isoformat() if indicator else "",
            }
            for what, indicator in BENEFITS
        ],
        "risks": [
            {
                "kind": "risk",
                "what": "Too few people for the new tasks",
                "response": "Posts shared with neighbours.",
            },
            {
                "kind": "reward",
                "what": "One plan for practices and hospitals",
                "response": "A joint board from May.",
            },
        ],
    }


def _running_costs(bid: Bid) -> int:
    return 0 if bid.passes_nothing else 100_000 + bid.number % 5 * 20_000


def _duties(bid: Bid, duties: Sequence[str]) -> Iterator[Answers]:
    """Every duty with its money; three of the last ones of some applications have none. The first gets the rest."""
    total, unfunded = _running_costs(bid), {7, 8, 9} if bid.number % 3 == 0 else set()
    shares = DUTY_SHARES[: len(duties)]
    spare = 100 - sum(share for number, share in enumerate(shares) if number not in unfunded)
    for number, (duty, share) in enumerate(zip(duties, shares, strict=True)):
        mine = 0 if number in unfunded else share + (spare if number == 0 else 0)
        pounds = total * mine // 100
        yield {
            "duty": duty,
            "pence": str(pounds),
            "wte": "0" if number in unfunded or not total else "0.5",
            "source": "The local office's team" if pounds else "",
            "gap_pence": "12000" if number in unfunded else "0",
        }


def statements_of(bid: Bid) -> Iterator[tuple[str, Answers]]:
    """Each item of the checklist."""
    for number, (item, words) in enumerate(STATED.items()):
        is_under_way = number == bid.number % len(STATED)
        yield item, {"answer": "under_way" if is_under_way else "yes", "words": words, "document": ""}


def fill(
    application: str, bid: Bid, *, own: Actor, local: Actor, at: datetime, only: Callable[[str], bool] = bool
) -> None:
    """Fill an application in, each section by whoever's it is; `only` the sections for which that is true."""
    form = form_in(application)
    duties = [code for code, _ in form.tables["duties"].column("duty").choices]
    answers, lines, stated = dict(answers_of(bid)), lines_of(bid, at.date(), duties), dict(statements_of(bid))
    for number, question in enumerate(form.asked(3, answers)):
        if not only(question.section):
            continue
        by = local if question.by == "both" else own
        moment = at + timedelta(seconds=number)
        if question.code == "constitution" and answers["constitution"] == "amended":
            record_amendment(application, own, moment)
        if question.kind == STATEMENT:
            rows = [stated[question.code]]
        elif question.is_kept_apart:
            rows = lines[question.code]
        else:
            actions.save_answer(
                application=application,
                question=question.code,
                answer=answers[question.code],
                by=by,
                at=moment,
            )
            continue
        for values in rows:
            actions.save_line(
                application=application, question=question.code, values=values, by=by, at=moment
            )


def record_amendment(application: str, own: Actor, at: datetime) -> None:
    """The amendment that the form says there has been, as the commissioner approved it."""
    actions.record_evidence(
        kind="constitution_amendment",
        commissioners=[own.acting_for],
        held_on=london_day(at) - timedelta(days=5),
        facts={"route": "amended", "clause": "6.4 (committees)"},
        application=application,
        source="Constitution as published by the commissioner",
        by=own,
        at=at,
    )


def signatory_of(organisation: str, *, is_local: bool) -> tuple[str, str]:
    """Who signs for an organisation, and their post. Nobody who signs for a local office signs for a commissioner."""
    half = len(SIGNATORIES) // 2
    of_side = SIGNATORIES[half:] if is_local else SIGNATORIES[:half]
    post = "Director of Commissioning" if is_local else "Accountable Officer"
    return of_side[sum(map(ord, organisation)) % len(of_side)], post


def sign_and_submit(application: str, *, own: Actor, local: Actor, at: datetime) -> None:
    """Both sides sign, and the commissioner submits."""
    for each, is_local in ((own, False), (local, True)):
        name, post = signatory_of(each.acting_for, is_local=is_local)
        actions.sign_application(application=application, name=name, post=post, by=each, at=at)
    actions.submit_application(application=application, by=own, at=at + timedelta(seconds=1))
