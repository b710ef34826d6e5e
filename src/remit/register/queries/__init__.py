"""Every read of the register that the doors and the rooms above need."""

from remit.register.queries.evidence import sources_listed
from remit.register.queries.history import (
    PaymentsOfYear,
    PointInTime,
    lists_of,
    payments_of,
    years_of_commissioner,
)
from remit.register.queries.integrity import Disagreement, disagreements
from remit.register.queries.listing import (
    board_of,
    commissioner_names_on,
    contract_types_on,
    practice_codes_listed,
    practices_in_order,
    practices_of_network,
    region_of,
)
from remit.register.queries.lists import (
    ListOnDay,
    ListsTotal,
    lists_on,
    lists_total,
    registered_on,
)
from remit.register.queries.naming import (
    KIND_WORDS,
    exists,
    first_day_known,
    kind_on,
    kind_words,
    kinds_on,
    names_on,
)
from remit.register.queries.nation import (
    Nation,
    RegionRow,
    commissioners_by_year,
    nation_on,
    practice_codes_in,
)
from remit.register.queries.organisations import (
    CommissionerRow,
    DatedFact,
    OrganisationPage,
    PracticeRow,
    commissioners_on,
    memberships_of,
    organisation_at,
    organisations_on,
    practices_of,
    practices_on,
)
from remit.register.queries.search import SearchHit, search
from remit.register.queries.sources import SourceRow, source, sources, sources_named
from remit.register.queries.successions import SuccessionRow, predecessors_of, successors_of

__all__ = [
    "KIND_WORDS",
    "CommissionerRow",
    "DatedFact",
    "Disagreement",
    "ListOnDay",
    "ListsTotal",
    "Nation",
    "OrganisationPage",
    "PaymentsOfYear",
    "PointInTime",
    "PracticeRow",
    "RegionRow",
    "SearchHit",
    "SourceRow",
    "SuccessionRow",
    "board_of",
    "commissioner_names_on",
    "commissioners_by_year",
    "commissioners_on",
    "contract_types_on",
    "disagreements",
    "exists",
    "first_day_known",
    "kind_on",
    "kind_words",
    "kinds_on",
    "lists_of",
    "lists_on",
    "lists_total",
    "memberships_of",
    "names_on",
    "nation_on",
    "organisation_at",
    "organisations_on",
    "payments_of",
    "practice_codes_in",
    "practice_codes_listed",
    "practices_in_order",
    "practices_of",
    "practices_of_network",
    "practices_on",
    "predecessors_of",
    "region_of",
    "registered_on",
    "search",
    "source",
    "sources",
    "sources_listed",
    "sources_named",
    "successors_of",
    "years_of_commissioner",
]
