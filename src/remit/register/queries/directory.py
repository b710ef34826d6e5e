"""Every name and postcode that anybody ever had, as one text that is quick to look through.

A database would read a hundred thousand rows to find a word in the middle of a name. The text is made once
for each state of the register and kept in the cache of the process: facts follow from the sources alone, so
the set of sources says whether it is still right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.cache import cache
from django.db.models import Max

from remit.kernel.canonical import sha256_hex
from remit.register.models import Fact, Source

KEEP = 24 * 60 * 60


def state_of_register() -> str:
    """A name for what the register holds, the same while no file is loaded or declared anew; blank while there is
    none."""
    known = Source.objects.order_by("pk").values_list("pk", "as_of", "year")
    return sha256_hex(str(list(known)).encode()) if known else ""


def directory() -> str:
    """Lines of code, tab, what it was called in capitals, tab, as published; the latest of a code first."""
    state = state_of_register()
    if not state:
        return _written()
    key = f"register:directory:{state}"
    text: str | None = cache.get(key)
    if text is None:
        text = _written()
        cache.set(key, text, KEEP)
    return text


def _written() -> str:
    called = Fact.objects.about("name", "postcode").order_by().values("organisation_id", "value")
    rows = called.annotate(since=Max("from_on")).order_by("organisation_id", "-since", "value")
    lines = (
        f"{code}\t{value.upper()}\t{value}\n" for code, value in rows.values_list("organisation_id", "value")
    )
    return "".join(lines)


def called(text: str, words: Sequence[str], *, most: int) -> Iterator[tuple[str, str]]:
    """Code and published name or postcode of lines that have every word (in capitals), at most so many."""
    longest = max(words, key=len)
    at, given = text.find(longest), 0
    while at >= 0 and given < most:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        code, capitals, published = text[start:end].split("\t")
        if all(word in capitals for word in words):
            given += 1
            yield code, published
        at = text.find(longest, end)
