"""Take one answer: check it, keep it, and do what it calls for."""

from __future__ import annotations

from typing import Any

from actions import change_booking as changing
from actions.ask import every_event, every_offer, offers
from actions.book import (
    answer_event_offer,
    answer_waiting,
    book_event,
    book_visit,
    choose_next_step,
    decline_offer,
    keep_in_touch,
    keep_needs,
    standing_visit,
    tell_standing_visit,
)
from actions.chosen_booking import OF_A_CHANGE
from actions.contact_slips import ask_about_a_slip, meant_by_what_is_no_address, what_was_meant
from actions.disclosures import respond
from actions.meant import ask_which, meant
from actions.outcomes import after_answer, tell_at_once
from actions.told_for_event import date_in, say_missed
from actions.turn import Turn
from actions.typed_text import text_to_keep
from enquiry.agencies.areas import district_of
from enquiry.bookings.find import reference_typed
from enquiry.bookings.visits.slots import spread
from enquiry.contacts import Fault, as_written, fault_in, tidy_contact
from enquiry.conversations.date_phrases.choose import Offer, chosen, fits, names_a_date, names_a_weekday, picked_out
from enquiry.conversations.date_phrases.told import without_people
from enquiry.conversations.next_question import CHANGE, CHECK, NOT_RIGHT, NOTHING, PUT_RIGHT, path_complete
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, forget_answers, record_answer
from enquiry.screening.criteria import CONTACT_QUESTIONS, PREFER_NOT, Kind, Question
from enquiry.screening.decide import finding_of, left_over, questions_of

UNCLEAR = {
    Kind.NUMBER: "unclear_number",
    Kind.PHONE_OR_EMAIL: "unclear_contact",
    Kind.OFFERED: "unclear_offer",
    Kind.NAME: "unclear_name",
    Kind.PLACE: "unclear_place",
}
UNCLEAR_CONTACT = {
    Fault.DIGIT_MISSING: "unclear_digit_missing",
    Fault.DIGIT_TOO_MANY: "unclear_digit_too_many",
    Fault.ADDRESS: "unclear_address",
}
UNCLEAR_TEXT = {"booking_reference": "unclear_reference", "event_language": "unclear_language"}
CONTACT, CHANGE_IT = "contact", "change"  # of an answer: it is to be asked again
MOST_OFFERED = 6
NARROWED = object()  # understood, and the choice is smaller now: asked again, with nothing unclear about it


def take_answer(turn: Turn) -> None:
    """Keep the answer the message gives to the question it is about, or say that it was not understood.

    The question is the one the person was looking at (or the one before, for a correction), which the message carries:
    the same message delivered twice therefore answers the same question twice and changes nothing. Where that was the list
    of answers, a message may put several of them right at once.
    """
    reading = turn.understood.get("reading") or {}
    if turn.intent == "answer" and "could_be" in reading and not turn.conversation.collecting_stopped:
        if found := meant(turn, reading["could_be"]):
            _take(turn, turn.criteria.question(found["question"]), found["value"])
        else:
            ask_which(turn)
        return
    right = (turn.understood.get("volunteered") or []) if turn.asked in (CHECK, CHANGE) else []
    if turn.intent == "answer" and right:
        for fact in right:
            _take(turn, turn.criteria.question(fact["question"]), fact["value"])
        if answers_of(turn.enquiry).get(PUT_RIGHT) == CHANGE:
            forget_answers(turn.session, turn.enquiry, PUT_RIGHT)
        return
    if _tapped_twice(turn):
        return
    question = turn.criteria.questions.get(reading.get("question") or "")
    if question is not None:
        _take(turn, question, turn.understood.get("value"))


def _take(turn: Turn, question: Question, given: Any) -> None:
    if turn.conversation.collecting_stopped:
        return
    if given == CHANGE_IT:
        _ask_for_another(turn, question)
        return
    value = _checked(turn, question, given)
    if value is None:
        return
    turn.conversation.misunderstood = 0
    enquiry = turn.enquiry
    before = answers_of(enquiry).get(question.id)
    choice = question.choice(value)
    if choice and choice.disclosure:
        respond(turn, choice.disclosure)
        return
    record_answer(turn.session, enquiry, question.id, value, turn.now)
    _let_go_of_what_is_private(turn, question)
    if before is not None and before != value and question.id in turn.criteria.screening_questions:
        if question.sensitive:
            turn.say("changed_private")  # someone may read along over a shoulder
        else:
            turn.say("changed", short=question.short, answer=as_written(question.title_of(value)))
    elif _in_own_words(turn, question) and (back := question.said_back(value)):
        turn.say("said_back", answer=as_written(back))
    elif question.id == CONTACT and before is None and value != PREFER_NOT and turn.goal is not Goal.LINK:
        # Behind a link to carry on it is said with dots: whoever looks over a shoulder could take it.
        turn.say("contact_kept", contacts=as_written(value))
    elif _corrects_another(turn, question):
        turn.say("noted", answers=f"{question.short}: {as_written(question.title_of(value))}")
    if answers_of(enquiry).get(PUT_RIGHT) == question.id:
        forget_answers(turn.session, enquiry, PUT_RIGHT)
    if question.id == CONTACT and before != value:
        ask_about_a_slip(turn, str(value))
    _check_again(turn, question, value)
    _follow_up(turn, question, value)


def _corrects_another(turn: Turn, question: Question) -> bool:
    """Whether an answer to another question than the one asked was put right; which to change next is no such answer."""
    corrects = (turn.understood.get("reading") or {}).get("corrects") and question.id != turn.asked
    return bool(corrects) and not question.sensitive and question.id in turn.criteria.screening_questions


def _in_own_words(turn: Turn, question: Question) -> bool:
    """Whether a screening answer was typed freely: a button says itself what it means."""
    exact = (turn.understood.get("reading") or {}).get("exact")
    screening = question.id in turn.criteria.screening_questions and question.id not in CONTACT_QUESTIONS
    return screening and not exact and turn.asked not in (CHECK, CHANGE)


def _let_go_of_what_is_private(turn: Turn, question: Question) -> None:
    """Whoever turns to another team after all has answered private questions for nothing: the answers go at once."""
    enquiry, criteria = turn.enquiry, turn.criteria
    if question.id in ("route", "other_matter") and not criteria.route_of(answers_of(enquiry)).screened:
        over = left_over(answers_of(enquiry), criteria)
        forget_answers(turn.session, enquiry, *(name for name in over if criteria.question(name).sensitive))


def _tapped_twice(turn: Turn) -> bool:
    """Whether a message is the answer just given, once more: a button tapped twice on a slow phone."""
    previous = (turn.understood.get("metadata") or {}).get("previous_question") or ""
    question = turn.criteria.questions.get(previous)
    given = answers_of(turn.enquiry).get(previous)
    return (
        turn.intent == "unclear"
        and question is not None
        and given is not None
        and question.title_of(given) == turn.text
    )


def _check_again(turn: Turn, question: Question, value: Any) -> None:
    """Show the list of answers again where one of it was to be changed, or where a change leads to further questions."""
    if question.id == CHANGE and answers_of(turn.enquiry).get(CHECK) != NOT_RIGHT:
        # Chosen in the middle of the questions: that one is asked, and then they go on.
        forget_answers(turn.session, turn.enquiry, CHANGE)
        if value != NOTHING:
            record_answer(turn.session, turn.enquiry, PUT_RIGHT, value, turn.now)
    elif question.id == CHANGE:
        if value == NOTHING:
            forget_answers(turn.session, turn.enquiry, CHECK, CHANGE)
        else:
            record_answer(turn.session, turn.enquiry, CHECK, NOT_RIGHT, turn.now)
    elif question.id == CHECK:
        # A list shown before the criteria changed is not the one that stands now: what is new is asked, and all is shown again.
        outdated = not path_complete(turn.situation(), turn.criteria, turn.agency)
        forget_answers(turn.session, turn.enquiry, CHANGE, *((CHECK,) if outdated else ()))
    elif question.id in turn.criteria.screening_questions:
        opened = answers_of(turn.enquiry).get(CHECK) == NOT_RIGHT
        if opened or not path_complete(turn.situation(), turn.criteria, turn.agency):
            forget_answers(turn.session, turn.enquiry, CHECK, CHANGE)


def _follow_up(turn: Turn, question: Question, value: Any) -> None:
    if turn.goal is Goal.CHANGE and question.id in OF_A_CHANGE:
        _follow_up_of_a_change(turn, question, value)
        return
    match question.id:
        case "next_step":
            choose_next_step(turn, value)
        case "event" | "visit_slot" if value == "none":
            decline_offer(turn, question.id)
        case "event_places":
            book_event(turn, int(value))
        case "visit_slot":
            book_visit(turn, str(value))
        case "touch_when":
            keep_in_touch(turn, str(value))
        case "event_wait":
            answer_waiting(turn, str(value))
        case "event_offer":
            answer_event_offer(turn, str(value))
        case "event_needs" | "event_language":
            keep_needs(turn)
        case "event" | "change_what":
            pass  # how many come is asked next, or what is to be changed
        case _:
            found = finding_of(question, value, answers_of(turn.enquiry), turn.criteria, turn.agency)
            if found and found.reason.private:
                turn.say("private_noted")
            elif found and found.reason.at_once:
                tell_at_once(turn, found)
            after_answer(turn)


def _follow_up_of_a_change(turn: Turn, question: Question, value: Any) -> None:
    match question.id:
        case "which_booking":
            changing.choose_booking(turn, str(value))
        case "booking_contact":
            changing.look_up(turn)
        case "change_how":
            changing.choose_how(turn, str(value))
        case "give_back_sure":
            changing.give_back(turn, str(value))
        case "event" | "visit_slot":
            changing.move_to(turn, str(value))


def _checked(turn: Turn, question: Question, value: Any) -> Any:
    """The value to keep, or None after having said what is unclear."""
    if question.id == CONTACT and (sure := what_was_meant(turn, value)):
        return sure
    if turn.intent == "unclear" or value is None:
        _say_unclear(turn, question)
        return None
    if question.id == "visit_slot" and turn.goal is not Goal.CHANGE and (visit := standing_visit(turn)):
        tell_standing_visit(turn, visit)  # the same message, delivered twice
        return None
    if question.kind is Kind.OFFERED:
        value = _offer_meant(turn, question)
    elif question.kind is Kind.PHONE_OR_EMAIL and value != PREFER_NOT:
        value = tidy_contact(str(value))
    elif question.kind is Kind.PLACE:
        if (district := district_of(str(value))) in turn.agency.area.districts_shared:
            turn.say("shared_district", district=district)
            if question.id != turn.asked and question.id in answers_of(turn.enquiry):
                record_answer(turn.session, turn.enquiry, PUT_RIGHT, question.id, turn.now)
            return None
        value = district or value  # a whole postcode is nearly an address
    elif question.id == "booking_reference":
        value = reference_typed(turn.text)
    elif question.kind is Kind.TEXT:
        value = text_to_keep(turn, value)
    if value is None:
        _say_unclear(turn, question)
    return None if value is NARROWED else value


def _offer_meant(turn: Turn, question: Question) -> Any:
    """The date that is meant; for a visit any free time counts, and where several fit what was typed, they are offered next."""
    shown = offers(turn, question.id)
    if question.id == "event" and turn.goal is Goal.CHANGE:
        # One that has filled up since its button was shown is understood all the same, and said to be gone.
        return chosen(turn.text, shown, turn.now) or picked_out(turn.text, every_event(turn), turn.now)
    if question.id == "event":
        return _event_meant(turn, shown)
    if question.id != "visit_slot":
        return chosen(turn.text, shown, turn.now)
    # "Any evening" means more than the one evening among six buttons; a day of the calendar means the time shown for it, and so does
    # a day of the week once the list has been narrowed down to what was asked for.
    narrowed = "visit_wish" in answers_of(turn.enquiry)
    among_shown = names_a_date(turn.text) or (narrowed and names_a_weekday(turn.text))
    value = chosen(turn.text, shown, turn.now) if among_shown else picked_out(turn.text, shown, turn.now)
    if value is not None:
        return value
    fitting = fits(turn.text, every_offer(turn), turn.now)
    if fitting is None:
        return None
    if len(fitting) == 1:
        return fitting[0].id
    turn.conversation.misunderstood = 0
    if fitting:
        few = set(spread([one.starts_at for one in fitting], MOST_OFFERED))
        record_answer(
            turn.session, turn.enquiry, "visit_wish", [one.id for one in fitting if one.starts_at in few], turn.now
        )
    else:
        forget_answers(turn.session, turn.enquiry, "visit_wish")
    turn.say("times_that_fit" if fitting else "no_time_fits")
    return NARROWED


def _event_meant(turn: Turn, shown: list[Offer]) -> Any:
    """The event that is meant. A day with none is said, and how many come may stand alone: neither is an unclear answer."""
    value = chosen(without_people(turn.text), shown, turn.now)
    told = date_in(turn)
    if told.missed:
        say_missed(turn, told.missed)
    if value is None or (value == "none" and told.missed):
        value = told.offer
    return NARROWED if value is None and (told.missed or turn.kept_for_event) else value


def _told_a_contact(turn: Turn) -> bool:
    """Whether a message tells a number or an address beside its answer."""
    return any(fact["question"] == CONTACT for fact in turn.understood.get("volunteered") or ())


def _ask_for_another(turn: Turn, question: Question) -> None:
    """Somebody would like to answer a question anew: it is asked again, and afterwards the one that was interrupted."""
    known = answers_of(turn.enquiry)
    if question.id in known:
        record_answer(turn.session, turn.enquiry, PUT_RIGHT, question.id, turn.now)
        turn.say("change_answer")
    elif question.id == CONTACT:
        turn.say("contact_may_be_typed")
    else:
        comes = question.id in questions_of(turn.goal, known, turn.criteria)
        turn.say("change_comes_later" if comes else "change_not_known", short=question.short)


def _say_unclear(turn: Turn, question: Question) -> None:
    turn.conversation.misunderstood += 1
    fault = fault_in(turn.text) if question.kind is Kind.PHONE_OR_EMAIL else Fault.NEITHER
    if fault is Fault.ADDRESS and (meant := meant_by_what_is_no_address(turn.text)):
        turn.reply(turn.wording("did_you_mean_address", contacts=meant), choices=[meant])
    elif fault is not Fault.NEITHER:
        turn.say(UNCLEAR_CONTACT[fault])  # what to mend can be said, however often it takes
    elif turn.conversation.misunderstood >= 2:
        turn.say("unclear_twice", buttons=("person",))
    else:
        turn.say(UNCLEAR_TEXT.get(question.id) or UNCLEAR.get(question.kind, "unclear_choice"))
