"""Send the link to carry on later, on any device."""

from __future__ import annotations

from actions.turn import Turn, way_back
from enquiry.agencies.texting_hours import is_text_hour
from enquiry.contacts import masked
from enquiry.conversations.return_links import Sending, send_link
from enquiry.enums import Goal


def finish_link(turn: Turn) -> None:
    """An address is known: have a link sent there, or say why not. From here on the conversation is after screening again.

    No question stands behind it: who asks for a link wants to leave, and is offered a button to carry on instead.
    """
    enquiry = turn.enquiry
    address = enquiry.contact_email or enquiry.contact_phone
    # While the goal is the link: else the button would promise to carry on with questions that were never begun.
    buttons = [way_back(turn), "person"]
    enquiry.goal = Goal.SCREENING.value
    if address is None:
        sentence = turn.wording("link_no_address")
    else:
        came_of_it = send_link(
            turn.session,
            turn.conversation,
            address,
            turn.now,
            agency=turn.agency,
            wording=turn.catalogue.wording,
            pages=turn.context.links.address,
        )
        # A text waits for the morning: nobody's phone rings at night, and the number may be mistyped.
        waits = came_of_it is Sending.SENT and "@" not in address and not is_text_hour(turn.now)
        sentence = turn.wording("link_in_the_morning" if waits else came_of_it.value, how=masked(address))
    turn.reply(sentence, choices=list(dict.fromkeys(turn.buttons(buttons))), question="")
