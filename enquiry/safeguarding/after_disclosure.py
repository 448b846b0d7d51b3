"""Rules for the time after a disclosure: what may still be done, and what is still said. Pure; docs/decisions/0010 says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enquiry.safeguarding.categories import Category


def leaves_arranging_to_a_person(disclosed: Iterable[str], categories: Mapping[str, Category]) -> bool:
    """Whether a member of staff arranges everything from now on: no screening and no booking is offered any more.

    Args:
        disclosed: the categories of every disclosure of a household, also of those that staff have dealt with.
        categories: of data/safeguarding.yml. A category that is not there any more counts: nobody can tell what it was.
    """
    found = [categories.get(name) for name in disclosed]
    return any(category is None or category.stops_enquiry for category in found)


def last_words(disclosed: Iterable[str], categories: Mapping[str, Category]) -> str | None:
    """Choose the only thing that is still said in a conversation that has ended (a child, a threat): the gravest one's."""
    found = [category for name in disclosed if (category := categories.get(name)) and category.afterwards]
    return min(found, key=lambda category: category.rank).afterwards if found else None
