"""Summaries for a coordinator: one paragraph of facts about an enquiry."""

from __future__ import annotations

from collections.abc import Iterable

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.datafiles.placeholders import fill
from enquiry.enums import Goal
from enquiry.journey.record import answers_of
from enquiry.screening.criteria import CONTACT_QUESTIONS, Criteria
from enquiry.screening.decide import Finding, Result, questions_of
from enquiry.store.models import Enquiry


def outcome_summary(result: Result, enquiry: Enquiry, criteria: Criteria, agency: Agency, wording: Wording) -> str:
    """Why a person is needed, what else is known, and how to reach the enquirer."""
    said = [wording.say(f"handoffs.{result.outcome.value}", agency, reasons=_reasons(result.deciding, agency))]
    if result.notes:
        said.append(wording.say("handoffs.notes", agency, reasons=_reasons(result.notes, agency)))
    return " ".join((*said, about(enquiry, criteria, wording)))


def _reasons(findings: Iterable[Finding], agency: Agency) -> str:
    """What staff read of each answer, once each."""
    return " ".join(dict.fromkeys(fill(finding.reason.for_staff, {"agency": agency.facts}) for finding in findings))


def about(enquiry: Enquiry, criteria: Criteria, wording: Wording) -> str:
    """What is known of an enquiry, and how to reach the enquirer."""
    answers = answers_of(enquiry)
    told = [
        f"{criteria.question(name).short}: {criteria.question(name).title_of(answers[name])}"
        for name in questions_of(Goal.SCREENING, answers, criteria)
        if name in answers and name not in CONTACT_QUESTIONS
    ]
    known = wording.say("handoffs.known", answers="; ".join(told)) if told else wording.say("handoffs.nothing_known")
    return f"{known} {contact(enquiry, wording)}"


def contact(enquiry: Enquiry, wording: Wording) -> str:
    """Name, number or address, the best time and what to mind when ringing, as far as they were given."""
    how = enquiry.contact_phone or enquiry.contact_email or wording.say("handoffs.no_contact")
    if enquiry.safe_to_message is False:
        how = wording.say("handoffs.how_not_safe", how=how)
    reached = wording.say(
        "handoffs.contact",
        name=enquiry.contact_name or wording.say("handoffs.no_name"),
        how=how,
        time=enquiry.contact_time or wording.say("handoffs.no_time"),
    )
    return (
        f"{reached} {wording.say('handoffs.contact_note', note=enquiry.contact_note)}"
        if enquiry.contact_note
        else reached
    )
