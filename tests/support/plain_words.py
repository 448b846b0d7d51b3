"""Plain words for every question, and a person who says them until a question comes."""

from __future__ import annotations

from bench.support.person import Person

MOST_QUESTIONS = 45
# Somebody for whom nothing needs more than a plain "continue".
PLAIN = {
    "route": "Start fostering",
    "care_type": "I don't know yet",
    "applying_with": "On my own",
    "age": "I'm 42",
    "partner_age": "25 or over",
    "area": "Blaby",
    "right_to_live_work": "yes",
    "household": "just me",
    "children": "no kids",
    "bedroom": "yes we have a spare room",
    "smoking": "nobody does",
    "dogs": "No dogs",
    "availability": "I work from home",
    "experience": "nieces and nephews",
    "the_rest": "Ask me now",
    "ages": "No idea yet",
    "housing": "we own it",
    "landlord": "Yes, they agree",
    "other_pets": "no pets",
    "driving": "I drive",
    "home_business": "No",
    "firearms": "No",
    "language": "No, thank you",
    "personal": "Go on",
    "health": "No",
    "changes": "No",
    "timing": "Carry on now",
    "earlier_application": "No",
    "carer_now": "No",
    "carer_child": "No",
    "adoption_interest": "No",
    "offences": "No, nothing",
    "childrens_services": "No, nothing",
    "adjustments": "No, thank you",
    "heard_from": "Pass",
    "pass_on": "Yes, please",
    "contact_name": "Priya",
    "contact": "07700 900456",
    "safe_to_message": "yes",
    "contact_time": "weekday mornings",
    "check_answers": "that's right",
    "event_needs": "Nothing needed",
}


def answer_until(question: str, person: Person) -> None:
    """Answer plainly whatever is asked, until that question comes."""
    for _ in range(MOST_QUESTIONS):
        if person.question == question:
            return
        assert person.question in PLAIN, f"asked {person.question} on the way to {question}; heard: {person.heard}"
        person.say(PLAIN[person.question])
    raise AssertionError(f"{question} was never asked; heard last: {person.heard}")
