"""A faint disclosure: something may have been told. What was asked is answered, gentle lines follow, and staff look the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enquiry.enums import HandoffReason, Priority
from enquiry.journey.summaries import contact
from enquiry.safeguarding.categories import Category, Urgency
from enquiry.store.after_commit import tell_after_commit

if TYPE_CHECKING:
    from actions.turn import Turn

FAINT = "faint"
AFTER = "after_disclosure"  # the intent
BY_MODEL = "model"  # heard by the trained part alone; no rule of data/safeguarding.yml says so
# Lower than where it is sure, and never at any hour; but behind one that is sure nothing waits.
PRIORITY = {
    Urgency.NOW: Priority.SAME_DAY,
    Urgency.SAME_WORKING_DAY: Priority.NORMAL,
    Urgency.NEXT_WORKING_DAY: Priority.NORMAL,
    Urgency.ROUTINE: Priority.NORMAL,
}
# The lines that fit, of data/wording/assistant.yml. None of them says what was heard.
LINES = {
    "user_is_child": "faint_young",
    "child_in_care_unhappy": "faint_young",
    "suicidal_or_self_harm": "faint_low",
    "distress_or_bereavement": "faint_low",
    "enquirer_past_abuse": "faint_low",
    "domestic_abuse": "faint_home",
    "offence_details_typed": "faint_private",
    "enquirer_under_investigation": "faint_private",
}
OTHERWISE = "faint"
NOT_MEANT = "not_meant"  # the button that puts it right


def hear_faintly(turn: Turn) -> None:
    """Say the lines behind the reply and tell staff, where a message is faintly a disclosure. Nothing stops."""
    found = turn.understood.get("disclosure") or {}
    category = turn.catalogue.categories.get(found.get("category") or "")
    if category is None or found.get("certainty") != FAINT or turn.safety_said or _told_surely(turn, category):
        return
    if not turn.afterwards and turn.intent != AFTER:  # else the numbers stand there already
        offered = [choice["title"] for choice in turn.replies[-1]["choices"]] if turn.replies else []
        button = turn.wording(f"button_{NOT_MEANT}")
        turn.reply(turn.wording(LINES.get(category.id, OTHERWISE)), choices=[*offered, button])
    tell_after_commit(turn.session, "disclosure_found", category=category.id, certainty=FAINT, agency=turn.agency.slug)
    turn.hand_over(
        HandoffReason.POSSIBLE_DISCLOSURE,
        summary_of(turn, category, "possible_disclosure"),
        category=category.id,
        audience=category.alert,
        by_rule=found.get("by") != BY_MODEL,
        priority=Priority.NOW
        if turn.after and turn.after.sure and category.urgency is Urgency.NOW
        else PRIORITY[category.urgency],
    )


def offer_to_put_it_right(turn: Turn) -> None:
    """Put the button below a question that is asked behind the lines: only the last buttons are shown."""
    found = turn.understood.get("disclosure") or {}
    if found.get("certainty") == FAINT and turn.intent != AFTER and turn.replies and not turn.afterwards:
        title = turn.wording(f"button_{NOT_MEANT}")
        turn.replies[-1]["choices"].append({"title": title, "text": title})


def _told_surely(turn: Turn, category: Category) -> bool:
    """Check whether the same was surely told before: staff know, and the person has the numbers."""
    looked_at = turn.understood.get("metadata") or {}
    return looked_at.get("after_disclosure") == category.id and looked_at.get("after_certainty") == "sure"


def summary_of(turn: Turn, category: Category, sentence: str) -> str:
    """The kind, and how to reach the person where that is known; none of their words.

    Args:
        sentence: its name in data/wording/handoffs.yml; the one for words that are not kept has `_not_kept` behind it.
    """
    wording = turn.catalogue.wording
    ending = "_not_kept" if turn.verdict.withheld else ""
    summary = wording.say(f"handoffs.{sentence}{ending}", title=category.title)
    enquiry = turn.conversation.enquiry
    if enquiry is None or not (enquiry.contact_phone or enquiry.contact_email):
        return summary
    return f"{summary} {wording.say('handoffs.disclosure_contact', contact=contact(enquiry, wording))}"
