"""Plain answers to every question: what is said, and what it is kept as; and a person who says them until a question comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.support.person import Person

MOST_QUESTIONS = 45
# Somebody for whom nothing needs more than a plain "continue". A new question of data/criteria.yml gets its line here. Nothing
# is kept of what only matters beside other answers, or outside the screening.
ANSWERS: Mapping[str, tuple[str, Any]] = {
    "route": ("Start fostering", "foster_new"),
    "care_type": ("I don't know yet", "not_sure"),
    "applying_with": ("On my own", "alone"),
    "age": ("I'm 42", "25_plus"),
    "partner_age": ("25 or over", "25_plus"),
    "area": ("Blaby", "in_area"),
    "right_to_live_work": ("yes", "yes"),
    "household": ("just me", 1),
    "children": ("no kids", ["none"]),
    "bedroom": ("yes we have a spare room", "yes"),
    "smoking": ("nobody does", "no"),
    "dogs": ("No dogs", "no"),
    "availability": ("I work part time", "part_time"),
    "experience": ("nieces and nephews", ["family"]),
    "the_rest": ("Ask me now", "now"),
    "ages": ("No idea yet", ["no_idea"]),
    "housing": ("we own it", "own"),
    "landlord": ("Yes, they agree", "agreed"),
    "other_pets": ("no pets", "no"),
    "driving": ("I drive", "yes"),
    "home_business": ("No", "no"),
    "firearms": ("No", "no"),
    "language": ("No, thank you", "no"),
    "personal": ("Go on", "go_on"),
    "health": ("No", "no"),
    "changes": ("No", "no"),
    "timing": ("Carry on now", None),
    "earlier_application": ("No", "no"),
    "carer_now": ("No", "no"),
    "carer_child": ("No", "no"),
    "adoption_interest": ("No", "no"),
    "offences": ("No, nothing to talk about", "no"),
    "childrens_services": ("No, nothing to talk about", "no"),
    "adjustments": ("No, thank you", ["none"]),
    "heard_from": ("Skip", "skip"),
    "pass_on": ("Yes, please", None),
    "contact_name": ("Priya", "Priya"),
    "contact": ("07700 900456", "+447700900456"),
    "safe_to_message": ("yes", "yes"),
    "contact_time": ("weekday mornings", "weekday mornings"),
    "check_answers": ("that's right", None),
    "event_needs": ("Nothing needed", None),
}
SAID: Mapping[str, str] = {question: said for question, (said, _) in ANSWERS.items()}
KEPT: Mapping[str, Any] = {question: kept for question, (_, kept) in ANSWERS.items() if kept is not None}


def answer_until(question: str, person: Person) -> None:
    """Answer plainly whatever is asked, until that question comes."""
    for _ in range(MOST_QUESTIONS):
        if person.question == question:
            return
        assert person.question in SAID, f"asked {person.question} on the way to {question}; heard: {person.heard}"
        person.say(SAID[person.question])
    raise AssertionError(f"{question} was never asked; heard last: {person.heard}")
