""" "Please look at that again": who does it, by when, and how to complain."""

from __future__ import annotations

from actions.turn import ConversationAction, Events, Turn
from enquiry.handoffs.second_look import Asked, ask_to_look_again


class LookAgain(ConversationAction):
    """Pass the wish on to the people who may decide, and say how it goes. Nothing is decided here.

    What is said does not tell whether a person has decided anything: they are told that by phone, not by a chat.
    """

    action_name = "action_look_again"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        enquiry = turn.conversation.enquiry
        asked = ask_to_look_again(
            turn.session, turn.conversation, enquiry, turn.agency, turn.catalogue.wording, turn.now
        )
        quiet = turn.conversation.collecting_stopped or turn.flagged
        parts = [turn.wording(f"look_again_{asked.value}")]
        reachable = enquiry is not None and bool(enquiry.contact_phone or enquiry.contact_email)
        if asked is not Asked.NOTHING and enquiry is not None:
            if quiet:
                parts.append(turn.wording("look_again_when_safe", reference=enquiry.reference))
            else:
                parts.append(turn.wording("will_call" if reachable else "will_not_call", reference=enquiry.reference))
        number = turn.agency.facts.get("complaints_phone")
        parts.append(
            turn.wording("look_again_complain", contact=number) if number else turn.wording("look_again_complain_ask")
        )
        needs_a_person = asked is Asked.NOTHING or not reachable
        buttons = turn.buttons(("person",)) if needs_a_person and not quiet and not turn.in_loop else []
        turn.reply("\n\n".join(parts), choices=buttons)
        return []
