"""What the console reads from data/, once: a change to it comes with a restart, as for the assistant."""

from __future__ import annotations

from functools import lru_cache

from enquiry.agencies.agency import load_agency
from enquiry.safeguarding.categories import load_categories
from enquiry.screening.criteria import Criteria
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT


@lru_cache
def known_criteria(agency: str) -> Criteria:
    """Today's questions in the words of an agency, for their short titles and the words of their answers."""
    facts = load_agency(ROOT / "data" / "agencies" / f"{agency}.yml").facts
    return load_criteria(ROOT / "data" / "criteria.yml").worded_for(facts)


@lru_cache(maxsize=1)
def disclosure_titles() -> dict[str, str]:
    """What staff see for each disclosure category, in the safeguarding lead's words."""
    return {name: category.title for name, category in load_categories(ROOT / "data" / "safeguarding.yml").items()}
