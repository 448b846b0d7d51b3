"""Next steps that each outcome leaves to choose. Where a person talks first, the chat offers no visit before they have."""

from __future__ import annotations

from enquiry.enums import Outcome

EVENT, INITIAL_VISIT, PHONE_CALL, KEEP_IN_TOUCH, NOTHING = (
    "event",
    "initial_visit",
    "phone_call",
    "keep_in_touch",
    "nothing",
)
NEXT_STEPS: dict[Outcome, tuple[str, ...]] = {
    Outcome.CONTINUE: (EVENT, INITIAL_VISIT, PHONE_CALL, KEEP_IN_TOUCH, NOTHING),
    Outcome.NOTE: (EVENT, INITIAL_VISIT, PHONE_CALL, KEEP_IN_TOUCH, NOTHING),
    Outcome.NOT_YET: (EVENT, PHONE_CALL, KEEP_IN_TOUCH, NOTHING),
    Outcome.OTHER_ROUTE: (PHONE_CALL, KEEP_IN_TOUCH, NOTHING),
    Outcome.TALK_FIRST: (),
}
