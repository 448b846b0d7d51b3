"""The reply, after a sure disclosure, to whatever is not understood: who is there to ring. Nobody reads "I don't understand" then."""

from __future__ import annotations

from actions.faint_disclosures import NOT_MEANT
from actions.turn import Turn
from enquiry.handoffs.putting_right import Standing
from enquiry.safeguarding.afterwards import EMERGENCY
from enquiry.safeguarding.phone_links import number_links

MOST_NUMBERS = 4


def say_not_heard(turn: Turn) -> bool:
    """Say it, where the conversation is about a sure disclosure and no question is being asked; say whether that was so."""
    after = turn.after
    if after is None or not after.sure or turn.in_loop:
        return False
    turn.conversation.misunderstood = 0
    texts = turn.catalogue.afterwards
    turn.reply(
        texts.filled(texts.not_heard, after.category, turn.agency.facts),
        links=numbers_of(turn, after),
        choices=[turn.wording(f"button_{NOT_MEANT}")],
    )
    return True


def numbers_of(turn: Turn, after: Standing) -> list[dict[str, str]]:
    """The first numbers of the category, as links that dial; 999 before all others."""
    numbers = turn.catalogue.categories[after.category].numbers
    in_order = sorted(numbers, key=lambda one: one.number != EMERGENCY)
    return number_links(in_order, {"agency": turn.agency.facts})[:MOST_NUMBERS]
