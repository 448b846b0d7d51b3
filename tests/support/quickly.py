"""Answer plainly up to a question without saying every word: most conversations are about what comes after thirty plain answers.

The answers are put into the store as the actions would put them; the last one before the question is said, so that the question is
asked as ever. Whole conversations in plain words are in happy_path/ and volunteered/, where nothing is skipped.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.conversations.next_question import Situation, ask_next
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, record_answer
from enquiry.store.models import Conversation
from tests.support.answer_sets import AGENCIES, CRITERIA
from tests.support.plain_answers import KEPT


def skip_towards(question: str, person: Person, servers: Servers) -> None:
    """Keep plain answers until the one that leads to the question is left to be said; nothing is skipped that is not plain."""
    asked = person.question
    store = servers.store()
    try:
        with store.write() as session:
            conversation = session.get_one(Conversation, person.id)
            enquiry = conversation.enquiry
            if enquiry is None or enquiry.handoffs or asked is None:
                return
            agency, goal = AGENCIES[person.agency], Goal(enquiry.goal or Goal.SCREENING)
            while asked in KEPT:
                after = {**answers_of(enquiry), asked: KEPT[asked]}
                following = ask_next(Situation(goal, after), CRITERIA, agency)
                if following is None or following == question or following not in KEPT:
                    break
                record_answer(session, enquiry, asked, KEPT[asked], datetime.now(UTC))
                conversation.previous_question, conversation.question = asked, following
                asked = following
    finally:
        store.close()
    person.question = asked
