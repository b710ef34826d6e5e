"""Pages of a long list, bounded: no address can ask for more than there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

PER_PAGE = 50


@dataclass(frozen=True)
class Paging:
    """Page `number` of `last`, of `total` rows; `others` are the other query parameters, kept in the links.

    `fragment` is the id of the list, where it stands low on its page.
    """

    number: int
    last: int
    total: int
    per_page: int = PER_PAGE
    others: str = ""
    fragment: str = ""

    @property
    def start(self) -> int:
        """Index of the first row shown, from 0."""
        return (self.number - 1) * self.per_page

    @property
    def end(self) -> int:
        """Index after the last row shown."""
        return min(self.start + self.per_page, self.total)

    @property
    def shown(self) -> tuple[int, ...]:
        """The page numbers to link; 0 stands for a gap."""
        near = sorted(
            {1, self.number - 1, self.number, self.number + 1, self.last} & set(range(1, self.last + 1))
        )
        found: list[int] = []
        for page in near:
            if found and page - found[-1] > 1:
                found.append(page - 1 if page - found[-1] == 2 else 0)
            found.append(page)
        return tuple(found)

    def href(self, number: int) -> str:
        """The address of another page, with the other parameters."""
        query = f"?{self.others}&page={number}" if self.others else f"?page={number}"
        return f"{query}#{self.fragment}" if self.fragment else query


def read_paging(request: HttpRequest, total: int, per_page: int = PER_PAGE, fragment: str = "") -> Paging:
    """From ``?page=``; what is not a number is page 1, what is beyond the end is the last page."""
    last = max(1, -(-total // per_page))
    asked = request.GET.get("page", "")
    # Nine digits are more pages than any list has; int() of a huge text is slow on purpose.
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    others: QueryDict = request.GET.copy()
    others.pop("page", None)
    return Paging(min(max(1, number), last), last, total, per_page, others.urlencode(), fragment)
