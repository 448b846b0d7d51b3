"""A service in the middle of a working day, for the tests of the console. Every name and number is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.support.attempts import chat, project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.bookings.events.places import book_place, coming_events
from enquiry.bookings.visits.visits import book_visit, free_times
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import add_message, open_conversation
from enquiry.enums import Author, HandoffReason, Outcome, Priority, Role
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.notes import add_note
from enquiry.journey.record import enquiry_of, record_answer, record_outcome
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.staff.accounts import sign_in
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Enquiry, Staff, Visitor

# A Monday, half past two in Leicestershire.
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PASSWORD = "three kind green apples"
NAMES = {Role.COORDINATOR: "Meera Example", Role.RECRUITMENT: "Sam Example", Role.SAFEGUARDING: "Ruth Example"}
KEPT_CLOSE = (Role.MANAGER, Role.SAFEGUARDING)


@dataclass
class Example:
    """The store with people in it, and how to find them. `secrets` are sessions begun already, by role."""

    store: Store
    settings: Settings
    agency: Agency
    handoffs: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    secrets: dict[Role, str] = field(default_factory=dict)
    event: str = ""

    @property
    def wording(self) -> Wording:
        """Every approved sentence."""
        return project_catalogue().wording

    @staticmethod
    def email(role: Role) -> str:
        """With which an account of that role signs in; the password is PASSWORD."""
        return f"{role.value}@leicestershire.example"


def make_example(folder: Path, now: datetime = NOW) -> Example:
    """Prepare a store in a folder and fill it."""
    settings = Settings(
        state_dir=folder, database_url=f"sqlite:///{folder / 'hearth.db'}", secret="for tests alone, and long enough"
    )
    made = prepare_store(settings, now - timedelta(days=1)).accounts
    accounts = [account for account in made if account.email.endswith("@leicestershire.example")]
    store = Store(settings.store_url)
    example = Example(store, settings, project_catalogue().agencies["leicestershire"])
    # A real hash, made in a millisecond: the strength of the hashing is not what these tests are about.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with store.write() as session:
        for account in accounts:
            staff = session.scalars(select(Staff).where(Staff.email == account.email)).one()
            staff.password_hash, staff.must_change = quick, False
            staff.name = NAMES.get(account.role, staff.name)
        _fill(session, example, now)
    for account in accounts:
        example.secrets[account.role] = sign_in(store, account.email, PASSWORD, now).secret
    return example


def add_enquiry(
    session: Session, example: Example, now: datetime, name: str | None, said: list[tuple[Author, str]]
) -> Enquiry:
    """An enquiry with a conversation."""
    conversation = _talk(session, example, now, said)
    enquiry = enquiry_of(session, conversation, now)
    if name:
        record_answer(session, enquiry, "contact_name", name, now)
        example.references[name] = enquiry.reference
    return enquiry


def _talk(session: Session, example: Example, at: datetime, said: list[tuple[Author, str]]) -> Conversation:
    conversation = open_conversation(session, example.agency.slug, at)
    for number, (author, text) in enumerate(said):
        choices = (
            ({"title": "Just me", "text": "Just me"}, {"title": "Two of us", "text": "Two of us"})
            if "counting you" in text
            else ()
        )
        add_message(
            session, conversation, author=author, text=text, now=at + timedelta(seconds=20 * number), choices=choices
        )
    return conversation


BOT, YOU = Author.ASSISTANT, Author.ENQUIRER


def _fill(session: Session, example: Example, now: datetime) -> None:
    _amina(session, example, now - timedelta(hours=3))
    _tom(session, example, now - timedelta(minutes=100))
    _priya(session, example, now - timedelta(days=2))
    _dana(session, example, now - timedelta(minutes=30))
    _nobody(session, example, now - timedelta(minutes=12))
    _flags(session, example, now)


def _amina(session: Session, example: Example, at: datetime) -> None:
    enquiry = add_enquiry(
        session,
        example,
        at,
        "Amina Example",
        [
            (BOT, "Hello. I am an automated assistant for the fostering service. Ask me anything about fostering."),
            (YOU, "hi, can I foster if I rent my house?"),
            (BOT, "Yes. Many foster carers rent. We would ask your landlord with you later on."),
            (YOU, "ok lets see if I could"),
            (BOT, "How many people aged 18 or over live in your home, counting you?"),
            (YOU, "just me"),
            (BOT, "Thank you. Do any children live with you? You can pick more than one age group."),
            (YOU, "sorry, I meant two adults"),
            (BOT, "Thanks, I have changed that to two. Do any children live with you?"),
        ],
    )
    for criterion, value in (
        ("age", "25_plus"),
        ("area", "in_area"),
        ("right_to_live_work", "yes"),
        ("household", 1),
        ("household", 2),
        ("children", ["5-10", "11-15"]),
        ("bedroom", "planned"),
        ("smoking", "no"),
        ("dogs", "yes"),
        ("availability", "part_time"),
        ("experience", ["own_children", "work"]),
        ("offences", "no"),
        ("childrens_services", "no"),
        ("contact", "07700 900123"),
        ("safe_to_message", "yes"),
        ("contact_time", "After 6"),
    ):
        record_answer(session, enquiry, criterion, value, at)
    record_outcome(
        session,
        enquiry,
        Outcome.NOTE,
        [
            {
                "criterion": "bedroom",
                "reason": "bedroom_planned",
                "outcome": "note",
                "for_staff": "A bedroom is planned.",
            },
            {
                "criterion": "dogs",
                "reason": "dog_at_home",
                "outcome": "note",
                "for_staff": "A dog at home: the visitor says hello to it.",
            },
        ],
        "2026-11-21",
        at,
    )
    event = coming_events(session, example.agency.slug, at)[0]
    example.event = event.id
    book_place(session, event.id, enquiry, 2, chat(at))
    add_note(
        session,
        enquiry,
        session.scalars(select(Staff)).all()[0],
        "Rang to say hello. Will bring her sister.\nLooking forward to it.",
        at + timedelta(hours=1),
    )


def _tom(session: Session, example: Example, at: datetime) -> None:
    enquiry = add_enquiry(
        session,
        example,
        at,
        "Tom Example",
        [
            (BOT, "Is there anything about any adult at home you would like to talk through in private first?"),
            (YOU, "yes, in private"),
            (BOT, "Thank you. One of the team will ring you. Please do not type what happened."),
        ],
    )
    for criterion, value in (
        ("age", "25_plus"),
        ("household", 2),
        ("offences", "yes_talk"),
        ("contact", "07700 900456"),
        ("safe_to_message", "no"),
        ("contact_time", "Mornings"),
    ):
        record_answer(session, enquiry, criterion, value, at)
    record_outcome(
        session,
        enquiry,
        Outcome.TALK_FIRST,
        [
            {
                "criterion": "offences",
                "reason": "private_call",
                "outcome": "talk_first",
                "for_staff": "Would like to talk in private about a conviction or caution.",
            },
        ],
        "2026-11-21",
        at,
    )
    example.handoffs["tom"] = make_handoff(
        session,
        enquiry.conversations[0],
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.TALK_FIRST,
        now=at,
        summary="Would like to talk in private about one of the questions before anything is booked. Mornings are best.",
    ).id


def _priya(session: Session, example: Example, at: datetime) -> None:
    enquiry = add_enquiry(
        session,
        example,
        at,
        "Priya Example",
        [(YOU, "could someone come and see us at home?"), (BOT, "Of course. Which of these times would suit you?")],
    )
    record_answer(session, enquiry, "contact", "priya@people.example", at)
    record_answer(session, enquiry, "safe_to_message", "yes", at)
    record_outcome(session, enquiry, Outcome.CONTINUE, [], "2026-11-21", at)
    visit = book_visit(session, example.agency, enquiry, free_times(session, example.agency, at)[0], chat(at))
    # Who goes is settled by ids, where nothing else does; here it is the same one every time.
    visit.visitor_id = session.scalars(
        select(Visitor.id).where(Visitor.agency == example.agency.slug).order_by(Visitor.name)
    ).all()[0]
    session.expire(visit, ["visitor"])


def _dana(session: Session, example: Example, at: datetime) -> None:
    enquiry = add_enquiry(
        session,
        example,
        at,
        "Dana Example",
        [(YOU, "can someone ring me back please"), (BOT, "Yes. One of the team will ring you.")],
    )
    record_answer(session, enquiry, "contact", "07700 900789", at)
    example.handoffs["dana"] = make_handoff(
        session,
        enquiry.conversations[0],
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.CALL_BACK,
        now=at,
        summary="Asked to be rung back; did not say what about.",
    ).id


def _nobody(session: Session, example: Example, at: datetime) -> None:
    conversation = _talk(
        session,
        example,
        at,
        [(YOU, "I want to talk to a real person"), (BOT, "Of course. You can ring us, or leave a number here.")],
    )
    example.handoffs["person"] = make_handoff(
        session,
        conversation,
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.ASKED_FOR_A_PERSON,
        now=at,
        summary="Asked for a person.",
    ).id


def _flags(session: Session, example: Example, now: datetime) -> None:
    at = now - timedelta(minutes=40)
    worried = _talk(
        session,
        example,
        at,
        [
            (YOU, "I am worried about the child next door"),
            (BOT, "You did right to say so. Please ring First Response."),
        ],
    )
    example.handoffs["worried"] = make_handoff(
        session,
        worried,
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.DISCLOSURE,
        category="worried_about_child",
        now=at,
        priority=Priority.NOW,
        summary="Worried about a child. The numbers were given at once.",
        audience=(Role.COORDINATOR, *KEPT_CLOSE),
    ).id
    afraid = add_enquiry(
        session, example, at, "Lee Example", [(YOU, "I am scared of my partner"), (BOT, "It is not your fault.")]
    )
    record_answer(session, afraid, "contact", "07700 900321", at)
    example.handoffs["afraid"] = make_handoff(
        session,
        afraid.conversations[0],
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.DISCLOSURE,
        category="domestic_abuse",
        pauses_messages=True,
        now=at,
        priority=Priority.SAME_DAY,
        summary="Spoke of fear at home. The numbers were given at once.",
        audience=(Role.COORDINATOR, *KEPT_CLOSE),
    ).id
    told = add_enquiry(
        session,
        example,
        at,
        "Kim Example",
        [(YOU, "one of your carers hurt a child, the allegation words"), (BOT, "Please ring the Designated Officer.")],
    )
    example.handoffs["allegation"] = make_handoff(
        session,
        told.conversations[0],
        agency=example.agency,
        wording=example.wording,
        reason=HandoffReason.DISCLOSURE,
        category="allegation_carer_or_worker",
        now=at,
        priority=Priority.NOW,
        summary="An allegation about somebody who works with children.",
        audience=KEPT_CLOSE,
    ).id
