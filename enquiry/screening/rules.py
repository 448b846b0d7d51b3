"""The rules that data/criteria.yml names where an answer alone does not settle what it leads to. Pure; one short function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enquiry.agencies.agency import Agency
from enquiry.screening.criteria import CONTINUE

Answers = Mapping[str, Any]
# What was answered, all answers, whose policy applies, and the id of the route. Gives `continue` or the name of a reason.
Rule = Callable[[Any, Answers, Agency, str], str]

AGE_BANDS = {"under_18": (0, 17), "18_20": (18, 20), "21_24": (21, 24), "25_plus": (25, 200)}
AT_HOME = ("mostly_home", "retired_or_not_working")
COUPLE = ("with_partner", "with_other")
# A service's minimum age is for foster carers; these have teams and rules of their own.
NOT_FOSTERING = ("supported_lodgings", "independent_visitor")
# Kinds of care that are talked about first, or that have a team of their own: each has a reason of that name.
OWN_REASONS = {
    name: name for name in ("parent_and_child", "specialist", "emergency", "supported_lodgings", "independent_visitor")
}
OLD_ENOUGH, TOO_YOUNG, UNCLEAR = range(3)


def minimum_age(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """Below a firm minimum: not yet. Below a usual one, across one, or where none is known: a person talks to them.

    Of two people one may be old enough and the other not: then a person talks to both, since one could apply alone.
    """
    if route in NOT_FOSTERING:
        return CONTINUE if value == "25_plus" else "age_other_team"
    own = _old_enough(value, agency)
    if own != TOO_YOUNG or answers.get("applying_with") not in COUPLE:
        return (CONTINUE, "age_below_minimum", _unclear(agency))[own]
    partner = answers.get("partner_age")
    if partner not in AGE_BANDS:
        return CONTINUE  # still to be asked; once it is, this is settled
    return "age_below_minimum" if _old_enough(partner, agency) == TOO_YOUNG else "one_of_you_younger"


def partner_age(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """The second person's age: what the first one's does not settle already."""
    if value not in AGE_BANDS:
        return "rather_talk"
    own, partner = _old_enough(answers.get("age"), agency), _old_enough(value, agency)
    if value == "under_18":
        return "partner_under_18"
    if partner == TOO_YOUNG:
        return "age_below_minimum" if own == TOO_YOUNG else "one_of_you_younger"
    return _unclear(agency) if partner == UNCLEAR else CONTINUE


def household(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """More grown-ups than apply: the visitor will want to meet them, too."""
    applying = 2 if answers.get("applying_with") in COUPLE else 1
    return CONTINUE if value <= applying else "other_adults"


def bedroom(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """Without a spare room: what the service allows, and a person wherever that is not known."""
    if agency.no_spare_room is None:
        return "no_bedroom_unclear"
    if agency.no_spare_room == "babies_if_home_full_time" and answers.get("availability") in AT_HOME:
        return "no_bedroom_but_home"
    return "no_bedroom"


def right_to_work(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """Without the right to work: not yet. Of two people, only one may be meant: a person finds out."""
    return "right_to_work_one_of_two" if answers.get("applying_with") in COUPLE else "no_right_to_work"


def smoking(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """A note, never a bar; where the service has published its rule, the person reads it."""
    return "smoker_at_home" if agency.smoking_policy is None else "smoker_at_home_known"


def dog(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """A note; with the service's own rule where one is known."""
    return "dog_at_home" if agency.dogs_policy is None else "dog_at_home_known"


def landlord(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """A note to tenants; where the service has published what it asks of them, it is said."""
    return "landlord_to_ask" if agency.landlord_permission is None else "landlord_known"


def care_type(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """A kind of care this service does not offer, or nobody here knows whether it does: a person tells them what there is."""
    offered = agency.care_types.get(route)
    if offered is None:
        return "care_type_unknown"
    if not offered:
        return "care_type_not_offered"
    return OWN_REASONS.get(route, CONTINUE)


def carer_now(value: Any, answers: Answers, agency: Agency, route: str) -> str:
    """A carer of another service moves by the transfer route; whoever chose that route has said so already."""
    return CONTINUE if route == "transfer" else "transfer"


def _unclear(agency: Agency) -> str:
    return "age_minimum_unknown" if agency.minimum_age is None else "age_minimum_unclear"


def _old_enough(band: Any, agency: Agency) -> int:
    if band == "25_plus" or band not in AGE_BANDS:
        return OLD_ENOUGH  # the highest band, and no service in the sources asks for more; or to be asked again
    youngest, oldest = AGE_BANDS[band]
    if agency.minimum_age is not None and youngest >= agency.minimum_age:
        return OLD_ENOUGH
    if agency.minimum_age is not None and agency.minimum_age_firm and oldest < agency.minimum_age:
        return TOO_YOUNG
    return UNCLEAR


RULES: dict[str, Rule] = {
    "minimum_age": minimum_age,
    "partner_age": partner_age,
    "household": household,
    "bedroom": bedroom,
    "right_to_work": right_to_work,
    "smoking": smoking,
    "dog": dog,
    "landlord": landlord,
    "care_type": care_type,
    "carer_now": carer_now,
}
# The reasons each rule may lead to: data/criteria.yml has to have them all.
SAID_BY_RULE: dict[str, tuple[str, ...]] = {
    "minimum_age": (
        "age_below_minimum",
        "age_minimum_unclear",
        "age_minimum_unknown",
        "age_other_team",
        "one_of_you_younger",
    ),
    "partner_age": (
        "age_below_minimum",
        "age_minimum_unclear",
        "age_minimum_unknown",
        "one_of_you_younger",
        "partner_under_18",
        "rather_talk",
    ),
    "household": ("other_adults",),
    "bedroom": ("no_bedroom", "no_bedroom_but_home", "no_bedroom_unclear"),
    "right_to_work": ("no_right_to_work", "right_to_work_one_of_two"),
    "smoking": ("smoker_at_home", "smoker_at_home_known"),
    "dog": ("dog_at_home", "dog_at_home_known"),
    "landlord": ("landlord_to_ask", "landlord_known"),
    "care_type": ("care_type_unknown", "care_type_not_offered", *OWN_REASONS.values()),
    "carer_now": ("transfer",),
}
