"""The end of a path: say what the answers lead to, keep it, and hand over where a person has to look at it."""

from __future__ import annotations

from actions.ask import ask_for_a_call
from actions.reasons import reason_links, reason_text
from actions.return_link import finish_link
from actions.turn import Turn
from enquiry.conversations.next_question import can_hold_a_booking, path_complete, to_be_checked
from enquiry.enums import Goal, HandoffReason, Outcome
from enquiry.handoffs.handoff import handoffs_of
from enquiry.journey.record import answers_of, forget_answers, record_outcome
from enquiry.journey.summaries import about, outcome_summary
from enquiry.screening.criteria import CONTACT_QUESTIONS
from enquiry.screening.decide import Finding, Result, decide, left_over

# What a call may have begun with, the person's own wish first.
CALL_REASONS = (HandoffReason.ASKED_FOR_A_PERSON, HandoffReason.NOT_UNDERSTOOD)


def after_answer(turn: Turn) -> None:
    """After each answer of a path: settle it when all are given and found right, or when a change alters what was settled."""
    situation = turn.situation()
    if not path_complete(situation, turn.criteria, turn.agency) or to_be_checked(situation, turn.criteria, turn.agency):
        return
    if turn.goal is Goal.CALL:
        finish_call(turn)
    elif turn.goal is Goal.LINK:
        finish_link(turn)
    elif turn.goal is Goal.SCREENING:
        settle(turn)
    elif not can_hold_a_booking(answers_of(turn.enquiry)):
        say_contact_needed(turn)


def say_contact_needed(turn: Turn) -> None:
    """Nothing can be kept for someone who can't be told of a change; how to go on all the same."""
    turn.say("contact_needed", buttons=("event", "person"), button_event=turn.wording("button_event"))


def tell_at_once(turn: Turn, finding: Finding) -> None:
    """Say where an answer leads as soon as it is given: whoever is in the wrong place is not asked questions first."""
    turn.reply(reason_text(turn, finding), links=reason_links(turn, finding))


def settle(turn: Turn) -> None:
    """Tell the outcome and why, keep it with the version of the criteria, and make the handoff it calls for.

    Answers that nothing asks for any more, since another was changed, are not kept.
    """
    enquiry, criteria = turn.enquiry, turn.criteria
    over = left_over(answers_of(enquiry), criteria)
    forget_answers(turn.session, enquiry, *(name for name in over if name not in CONTACT_QUESTIONS))
    result = decide(answers_of(enquiry), criteria, turn.agency)
    reasons = [_as_kept(turn, one) for one in result.findings]
    last = enquiry.outcomes[-1] if enquiry.outcomes else None
    if (
        last
        and last.outcome == result.outcome
        and last.reasons == reasons
        and last.criteria_version == criteria.version
    ):
        return
    record_outcome(turn.session, enquiry, result.outcome, reasons, criteria.version, turn.now, route=result.route)
    route = criteria.route_of(answers_of(enquiry))
    passed_on = route.passed_on and answers_of(enquiry).get("pass_on") != "no"
    if route.screened:
        links = [link for finding in result.deciding for link in reason_links(turn, finding)]
        turn.reply(_outcome_text(turn, result), links=links)
    elif passed_on and (text := _passed_on_text(turn)):
        turn.reply(text)
    if result.looked_at_by_a_person and passed_on:
        # Who is passed on to two teams is passed on twice.
        turn.hand_over(
            HandoffReason(result.outcome.value),
            outcome_summary(result, enquiry, criteria, turn.agency, turn.catalogue.wording),
            category=result.route if result.outcome is Outcome.OTHER_ROUTE else "",
        )
    elif calls := [finding.criterion for finding in result.findings if finding.reason.call_back]:
        ask_for_a_call(turn, "about_health" if "health" in calls else "to_talk")
    elif turn.flagged:  # no next step is offered: a member of staff has to know that they are waited for
        turn.say("flagged")
        said = turn.catalogue.wording.say("handoffs.finished_after_disclosure")
        turn.hand_over(HandoffReason.ASKED_FOR_A_PERSON, f"{said} {about(enquiry, criteria, turn.catalogue.wording)}")


def finish_call(turn: Turn) -> None:
    """Everything for a call is known: say what happens, and bring the handoff up to date."""
    enquiry = turn.enquiry
    begun = {one.reason for one in handoffs_of(turn.session, turn.conversation) if one.done_at is None}
    reason = next((one for one in CALL_REASONS if one in begun), HandoffReason.ASKED_FOR_A_PERSON)
    summary = f"{turn.catalogue.wording.say(f'handoffs.{reason.value}')} {about(enquiry, turn.criteria, turn.catalogue.wording)}"
    turn.hand_over(reason, summary)
    reachable = enquiry.contact_phone or enquiry.contact_email
    turn.say("call_arranged" if reachable else "call_not_arranged", name=name_of(turn), reference=enquiry.reference)


def name_of(turn: Turn) -> str:
    """ ", Sam" behind a thank you, or nothing where no name was given."""
    name = turn.enquiry.contact_name
    return turn.wording("with_name", name=name) if name else ""


def _as_kept(turn: Turn, finding: Finding) -> dict[str, object]:
    """A reason as it is kept with the outcome: a later change of the files must not change what was said."""
    reason = finding.reason
    return {
        "criterion": finding.criterion,
        "answer": finding.answer,
        "reason": reason.name,
        "outcome": reason.outcome.value,
        "basis": finding.basis,
        "for_staff": turn.filled(reason.for_staff),
        "changes_when": " ".join(turn.filled(part) for part in (reason.changes_when, reason.come_back) if part),
    }


def _passed_on_text(turn: Turn) -> str:
    """To someone on the way to another team: that it is passed on, or how to reach us where it can't be."""
    enquiry = turn.enquiry
    reachable = enquiry.contact_phone or enquiry.contact_email
    return turn.wording("passed_on" if reachable else "will_not_call", name=name_of(turn), reference=enquiry.reference)


def _outcome_text(turn: Turn, result: Result) -> str:
    enquiry = turn.enquiry
    parts = [turn.wording(f"outcome_{result.outcome.value}", name=name_of(turn), reference=enquiry.reference)]
    told = dict.fromkeys(reason_text(turn, finding) for finding in result.deciding)
    if told and result.outcome is not Outcome.CONTINUE:
        parts.append("\n".join(f"• {one}" for one in told))
    if result.looked_at_by_a_person:
        reachable = enquiry.contact_phone or enquiry.contact_email
        parts.append(turn.wording("a_person_talks" if result.outcome is Outcome.TALK_FIRST else "a_person_looks"))
        parts.append(turn.wording("will_call" if reachable else "will_not_call", reference=enquiry.reference))
        if result.outcome is Outcome.NOT_YET:
            parts.append(turn.wording("keep_in_touch"))
    elif result.outcome is Outcome.NOTE:
        parts.append(turn.wording("your_reference", reference=enquiry.reference))
    return "\n\n".join(parts)
