"""What an organisation was, and was called, on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from remit.kernel.decision import Reason, Refused
from remit.kernel.ods import NotAnOdsCode, ods_code
from remit.register.models import Fact, Organisation

CHUNK = 5000
CLOSED = "closed"

KIND_WORDS: dict[str, tuple[str, str]] = {
    "pct": ("primary care trust", "primary care trusts"),
    "ccg": ("clinical commissioning group", "clinical commissioning groups"),
    "icb": ("integrated care board", "integrated care boards"),
    "sub_icb_location": ("sub-ICB location", "sub-ICB locations"),
    "sub_icb_reporting_entity": ("sub-ICB reporting entity", "sub-ICB reporting entities"),
    "practice": ("GP practice", "GP practices"),
    "practice_elsewhere": ("GP practice outside England", "GP practices outside England"),
    "prescribing_centre": ("prescribing cost centre", "prescribing cost centres"),
    "pcn": ("primary care network", "primary care networks"),
    "commissioning_hub": ("commissioning hub", "commissioning hubs"),
    "area_team": ("NHS England area team", "NHS England area teams"),
    "local_office": ("NHS England local office", "NHS England local offices"),
    "region": ("NHS England region", "NHS England regions"),
    "stp": (
        "sustainability and transformation partnership",
        "sustainability and transformation partnerships",
    ),
    "lmc": ("local medical committee", "local medical committees"),
    "national_body": ("national body", "national bodies"),
    "publisher": ("publisher", "publishers"),
    "institution": ("institution", "institutions"),
    "representative_body": ("representative body", "representative bodies"),
    "think_tank": ("think tank", "think tanks"),
    "healthwatch": ("local Healthwatch", "local Healthwatch bodies"),
    "federation": ("GP federation", "GP federations"),
    CLOSED: ("closed organisation", "closed organisations"),
}


def kind_words(kind: str, *, plural: bool = False) -> str:
    """A kind in words."""
    words = KIND_WORDS.get(kind, (kind.replace("_", " "), f"{kind.replace('_', ' ')}s"))
    return words[1 if plural else 0]


def exists(code: str) -> bool:
    """Whether the register has ever heard of a code."""
    return Organisation.objects.filter(pk=code).exists()


def known_code(text: str) -> str:
    """The code that was typed, of an organisation the register knows. Raises `Refused` with ``not_an_ods_code`` or
    ``not_found``: the same words at every door."""
    try:
        code = ods_code(text)
    except NotAnOdsCode as error:
        raise Refused(Reason("not_an_ods_code", f"{error}.")) from error
    if not exists(code):
        raise Refused(
            Reason(
                "not_found",
                f"The register has never heard of {code}. Check the code, or load a file that names it.",
            )
        )
    return code


def in_chunks(codes: Collection[str]) -> Iterator[list[str]]:
    """Codes in lots small enough for any database's parameter limit."""
    ordered = sorted(codes)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def kind_on(code: str, on: date) -> str | None:
    """What an organisation was on a day; None if it was not open or nothing is known."""
    return kinds_on({code}, on).get(code)


def kinds_on(codes: Collection[str], on: date) -> dict[str, str]:
    """The kinds of the organisations that were open on a day."""
    found: dict[str, str] = {}
    for chunk in in_chunks(codes):
        rows = Fact.objects.filter(about="kind", organisation_id__in=chunk).as_at(on).exclude(value=CLOSED)
        found.update(rows.values_list("organisation_id", "value"))
    return found


def names_on(codes: Collection[str], on: date) -> dict[str, str]:
    """What organisations were called on a day.

    Where no source names one on that day, the last name it had before, else the first one after.
    """
    names: dict[str, str] = {}
    for chunk in in_chunks(codes):
        rows = Fact.objects.filter(about="name", organisation_id__in=chunk)
        names.update(rows.as_at(on).values_list("organisation_id", "value"))
        unnamed = [code for code in chunk if code not in names]
        if unnamed:
            names.update(_nearest_names(unnamed, on))
    return names


def names_then(asked: Collection[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """What organisations were called, each on a day of its own; the code itself where no source names one."""
    facts: dict[str, list[tuple[date, str]]] = {}
    for chunk in in_chunks({code for code, _ in asked}):
        rows = Fact.objects.filter(about="name", organisation_id__in=chunk)
        for code, first, name in rows.values_list("organisation_id", "from_on", "value"):
            facts.setdefault(code, []).append((first, name))
    return {(code, on): _name_among(sorted(facts.get(code, [])), on) or code for code, on in asked}


def _name_among(facts: list[tuple[date, str]], on: date) -> str:
    """The name on a day, or the last before it; else the first after; empty for none. Names never overlap."""
    before = [name for first, name in facts if first <= on]
    return before[-1] if before else (facts[0][1] if facts else "")


def _nearest_names(codes: list[str], on: date) -> dict[str, str]:
    """Sorted here: a database asked to sort by day reads the names of everybody in order of day."""
    rows = Fact.objects.filter(about="name", organisation_id__in=codes)
    known = sorted(rows.values_list("from_on", "organisation_id", "value"))
    earlier = {code: name for first, code, name in known if first <= on}
    later = {code: name for first, code, name in reversed(known) if first > on}
    return later | earlier


def first_day_known(code: str) -> date | None:
    """The first day on which anything dated is known about an organisation being open."""
    rows = Fact.objects.filter(organisation_id=code, about="kind").exclude(value=CLOSED).order_by("from_on")
    return rows.values_list("from_on", flat=True).first()
