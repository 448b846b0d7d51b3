"""One turn of a conversation, as an action sees it: what was understood, where the conversation stands, what is replied."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from actions.answers import answer_beside
from actions.context import Context
from actions.faint_disclosures import hear_faintly, offer_to_put_it_right
from actions.private_text import SAID_ALREADY, UNDECIDED, Verdict, judge, marked
from actions.volunteered import HELD, note_volunteered, thank_for_facts
from actions.whoever_rings import keep_notes
from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import ENQUIRER, Attempt, Door
from enquiry.catalogue import Catalogue
from enquiry.conversations.next_question import AGAIN_SURE, FORGET_SURE, WHICH, Situation
from enquiry.datafiles.placeholders import fill
from enquiry.enums import BookingStatus, Goal, HandoffReason
from enquiry.handoffs.handoff import disclosures_of, make_handoff
from enquiry.handoffs.putting_right import Standing, standing
from enquiry.journey.record import answers_of, enquiry_of
from enquiry.operating.logs import REQUEST_ID, event_log
from enquiry.references import VISIT
from enquiry.safeguarding.after_disclosure import last_words, leaves_arranging_to_a_person
from enquiry.screening.criteria import Criteria
from enquiry.store.models import Conversation, Enquiry, Place

Events = list[dict[str, Any]]
LOOP = "screening_form"
CONFIRMED = (FORGET_SURE, AGAIN_SURE)  # questions whether they are sure of what they wish
BOOKING_BUTTONS = ("check", "event", "visit")
log = event_log()


@dataclass
class Turn:
    """The tools and the replies of one turn. The replies leave only after its transaction is committed."""

    session: Session
    context: Context
    conversation: Conversation
    agency: Agency
    now: datetime
    understood: dict[str, Any]
    in_loop: bool
    # Facts that were volunteered before there was an enquiry to keep them with.
    held: list[dict[str, Any]] = field(default_factory=list)
    # What is done with the text of the message.
    verdict: Verdict = UNDECIDED
    replies: list[dict[str, Any]] = field(default_factory=list)
    safety_said: bool = False
    # What was told of coming to an event and has been kept, as it is said back; and whether a place was asked for in the store.
    kept_for_event: list[str] = field(default_factory=list)
    tried_to_book: bool = False

    @property
    def catalogue(self) -> Catalogue:
        """Everything under data/."""
        return self.context.catalogue

    @property
    def attempt(self) -> Attempt:
        """Who does something about a booking here: the enquirer, in the chat."""
        return Attempt(Door.CHAT, ENQUIRER, self.now, self.catalogue, self.context.links)

    @property
    def criteria(self) -> Criteria:
        """Today's criteria, in the words of this agency."""
        return self.catalogue.criteria[self.agency.slug]

    @property
    def intent(self) -> str:
        """The name of the intent."""
        return str(self.understood["intent"]["name"])

    @property
    def text(self) -> str:
        """What was typed."""
        return str(self.understood.get("text") or "")

    @property
    def asked(self) -> str | None:
        """The question the person was looking at when they typed it."""
        return (self.understood.get("metadata") or {}).get("question") or None

    @property
    def enquiry(self) -> Enquiry:
        """The enquiry of the conversation, made when it is first needed."""
        return enquiry_of(self.session, self.conversation, self.now)

    @property
    def goal(self) -> Goal:
        """What the conversation is after."""
        return Goal(self.enquiry.goal or Goal.SCREENING)

    @property
    def flagged(self) -> bool:
        """Whether a disclosure was made that leaves the arranging to a person."""
        disclosed = disclosures_of(self.session, self.conversation, self.conversation.enquiry)
        return leaves_arranging_to_a_person(disclosed, self.catalogue.categories)

    @property
    def afterwards(self) -> str | None:
        """The only thing still said in this conversation, after a disclosure of a kind that ends it (a child, a threat)."""
        if not self.conversation.collecting_stopped:
            return None
        sentence = last_words(disclosures_of(self.session, self.conversation), self.catalogue.categories)
        return self.filled(sentence) if sentence else None

    @property
    def after(self) -> Standing | None:
        """What the conversation is about since a disclosure, if it is."""
        return standing(self.session, self.conversation, self.catalogue.categories)

    def situation(self) -> Situation:
        """All that the next question depends on."""
        enquiry = self.enquiry
        coming = places_to_come(enquiry, self.now)
        places = {BookingStatus(one.status) for one in coming}
        visits = [one for one in enquiry.visits if one.status == BookingStatus.BOOKED and one.starts_at > self.now]
        standing = (*(one.reference for one in coming), *(one.reference for one in visits))
        return Situation(
            goal=self.goal,
            answers=answers_of(enquiry),
            has_place=bool(places),
            has_offer=BookingStatus.OFFERED in places,
            standing=standing,
            changes_visit=str(answers_of(enquiry).get(WHICH, "")).startswith(f"{VISIT}-"),
            has_visit=any(visit.status == BookingStatus.BOOKED for visit in enquiry.visits),
            flagged=self.flagged,
        )

    def hand_over(self, reason: HandoffReason, summary: str, **more: Any) -> None:
        """Ask a person at the service to act; `more` as for `enquiry.handoffs.handoff.make_handoff`."""
        make_handoff(
            self.session,
            self.conversation,
            agency=self.agency,
            wording=self.catalogue.wording,
            reason=reason,
            summary=summary,
            now=self.now,
            **more,
        )

    def wording(self, key: str, **values: Any) -> str:
        """An approved sentence, with the agency's facts filled in."""
        return self.catalogue.wording.say(f"assistant.{key}", self.agency, **values)

    def filled(self, text: str) -> str:
        """A text of data/criteria.yml with the agency's facts filled in."""
        return fill(text, {"agency": self.agency.facts})

    def say(self, key: str, *, buttons: Sequence[str] = (), **values: Any) -> None:
        """Reply with an approved sentence; `buttons` are names of button texts."""
        if self.verdict.tell and key in SAID_ALREADY:
            return
        self.reply(self.wording(key, **values), choices=self.buttons(buttons))

    def buttons(self, names: Sequence[str]) -> list[str]:
        """The texts of buttons. Someone whose message was flagged is offered a person, never a booking or screening."""
        if self.flagged:
            names = [name for name in names if name not in BOOKING_BUTTONS] or (["person"] if names else [])
        return [self.wording(f"button_{name}") for name in names]

    def reply(
        self,
        text: str,
        *,
        choices: Sequence[str] = (),
        links: Sequence[dict[str, str]] = (),
        question: str | None = None,
    ) -> None:
        """Reply with a text. `question` names what the person looks at from now on; the empty string clears it."""
        buttons = [{"title": title, "text": title} for title in choices]
        self.replies.append({"text": text, "choices": buttons, "links": list(links), "question": question})


def places_to_come(enquiry: Enquiry, now: datetime) -> list[Place]:
    """What stands at events to come. An offer that was not answered in time is none, also before the worker has ended it."""
    coming = [
        one
        for one in enquiry.places
        if BookingStatus(one.status).stands and one.event.ends_at > now and one.event.cancelled_at is None
    ]
    return [
        one
        for one in coming
        if one.status != BookingStatus.OFFERED or (one.offer_until is not None and one.offer_until > now)
    ]


def way_back(turn: Turn) -> str:
    """The button that goes on with what was begun: whoever only wanted an event is not led into the screening questions."""
    if turn.conversation.enquiry is None:
        return "check"
    if turn.goal is Goal.EVENT:
        return "event"
    return "carry_on" if "route" in answers_of(turn.enquiry) or turn.goal is Goal.SCREENING else "check"


class ConversationAction(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """A step of the conversation. Subclasses say what they do in `act`; what they write is committed before it is said."""

    action_name: str
    # Whether it is the first to reply to a message, rather than what the loop does behind another.
    opens_the_reply = True
    # Whether what a message tells unasked is noted behind the reply to it.
    notes_facts = True
    # Whether it is what replies to an answer. Rasa runs it, silent, before any other action of the loop as well.
    takes_answers = False
    # Whether it speaks even where nothing else is said any more.
    is_safety = False

    def __init__(self, context: Context) -> None:
        self.context = context

    def name(self) -> str:
        return self.action_name

    def act(self, turn: Turn) -> Events:
        """Do the step.

        Returns:
            Rasa events, as dictionaries.
        """
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        began = time.perf_counter()
        with bound_contextvars(request_id=_request_of(tracker), conversation_id=tracker.sender_id):
            events = await self._run(dispatcher, tracker)
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            log.info("action_done", action=self.name(), milliseconds=milliseconds)
        return events

    async def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        # The store's calls block; a thread keeps the server answering other conversations meanwhile.
        verdict = UNDECIDED
        try:
            verdict = judge(tracker.latest_message, self.context.catalogue, self._agency_of(tracker).slug)
            replies, events = await asyncio.to_thread(self._in_one_transaction, tracker, verdict)
        except SQLAlchemyError as error:
            log.error("action_failed", action=self.name(), exc_info=error)
            raise  # the store may be back in a moment: the message waits and is tried again
        except Exception as error:
            # Anything else would come again at every try and hold up what is typed behind it.
            log.error("action_failed", action=self.name(), exc_info=error)
            replies, events = [self._trouble(tracker)], []
        for reply in marked(replies, verdict):
            dispatcher.utter_message(json_message=reply)
        return events

    def _in_one_transaction(self, tracker: Tracker, verdict: Verdict) -> tuple[list[dict[str, Any]], Events]:
        tools = self.context
        with tools.store.write() as session:
            conversation = session.get(Conversation, tracker.sender_id)
            if conversation is None:
                return [], []  # forgotten in the meantime: there is nothing to say and nobody to say it to
            turn = Turn(
                session=session,
                context=tools,
                conversation=conversation,
                agency=tools.catalogue.agencies[conversation.agency],
                now=tools.clock(),
                understood=dict(tracker.latest_message),
                in_loop=tracker.active_loop.get("name") == LOOP,
                held=tracker.get_slot(HELD) or [],
                verdict=verdict,
            )
            if self.opens_the_reply:
                conversation.last_answer = None  # only what is answered now may be leaned on next
            if (sentence := turn.afterwards) and not self.is_safety:
                events = []
                if self.opens_the_reply:
                    turn.reply(sentence, question="")
            elif self.notes_facts and not self.is_safety:
                if self.opens_the_reply and not self.takes_answers:
                    answer_beside(turn)
                events = [] if thank_for_facts(turn) else self.act(turn)
                events = [*events, *note_volunteered(turn)]
            else:
                if self.is_safety and conversation.enquiry is not None:
                    keep_notes(turn, [], aloud=turn.intent != "disclosure")
                events = self.act(turn)
            if self.opens_the_reply and self.takes_answers == (turn.intent in ("answer", "unclear")):
                if verdict.tell and not sentence:
                    turn.reply(turn.wording("private_not_kept"))
                    turn.replies.insert(0, turn.replies.pop())  # first of all that is said
                hear_faintly(turn)
            self._let_go_of_what_was_not_confirmed(turn)
            if not self.opens_the_reply:
                offer_to_put_it_right(turn)
        return turn.replies, events

    def _let_go_of_what_was_not_confirmed(self, turn: Turn) -> None:
        """Whoever speaks of something else was not sure: a later "yes" must not be taken for theirs."""
        unsettled = turn.asked in CONFIRMED and turn.intent != "confirm" and turn.replies
        if unsettled and all(reply["question"] is None for reply in turn.replies):
            turn.replies[-1]["question"] = ""

    def _trouble(self, tracker: Tracker) -> dict[str, Any]:
        """Say that a step went wrong."""
        sentence = self.context.catalogue.wording.say("assistant.trouble", self._agency_of(tracker))
        return {"text": sentence, "choices": [], "links": [], "question": None}

    def _agency_of(self, tracker: Tracker) -> Agency:
        """The agency the message was sent to."""
        agencies = self.context.catalogue.agencies
        named = str((tracker.latest_message.get("metadata") or {}).get("agency"))
        return agencies.get(named) or next(iter(agencies.values()))


def _request_of(tracker: Tracker) -> str | None:
    """The id under which the web process tells of the message."""
    stated = (tracker.latest_message.get("metadata") or {}).get("request_id")
    return stated if isinstance(stated, str) and REQUEST_ID.fullmatch(stated) else None
