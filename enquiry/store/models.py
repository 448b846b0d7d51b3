"""The tables. Rules that must hold whatever the code does stand here as constraints (and as triggers in triggers.py)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from enquiry.store.base import Base as Base
from enquiry.store.base import UtcDateTime as UtcDateTime
from enquiry.store.base import new_id as new_id
from enquiry.store.booking_models import BookingChange as BookingChange
from enquiry.store.booking_models import CalendarFeed as CalendarFeed
from enquiry.store.booking_models import Event as Event
from enquiry.store.booking_models import Feedback as Feedback
from enquiry.store.booking_models import Leave as Leave
from enquiry.store.booking_models import Place as Place
from enquiry.store.booking_models import Visit as Visit
from enquiry.store.booking_models import Visitor as Visitor
from enquiry.store.booking_models import VisitRecord as VisitRecord
from enquiry.store.outbox_models import NoMessages as NoMessages
from enquiry.store.outbox_models import OutboxMessage as OutboxMessage


class Enquiry(Base):
    """One household's journey."""

    __tablename__ = "enquiries"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    stage: Mapped[str] = mapped_column(String(20))
    goal: Mapped[str | None] = mapped_column(String(20))
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None] = mapped_column(String(20))
    contact_email: Mapped[str | None]
    contact_time: Mapped[str | None]
    safe_to_message: Mapped[bool | None]
    # What whoever rings has to mind, in the person's own words; and whether nobody else may hear who rings or what about.
    contact_note: Mapped[str | None]
    discreet: Mapped[bool | None]
    # "email" or "text", where the person has both and chose.
    message_by: Mapped[str | None] = mapped_column(String(5))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    answers: Mapped[list[Answer]] = relationship(back_populates="enquiry", order_by="Answer.answered_at")
    outcomes: Mapped[list[OutcomeRecord]] = relationship(order_by="OutcomeRecord.at")
    changes: Mapped[list[StageChange]] = relationship(order_by="StageChange.at, StageChange.number")
    conversations: Mapped[list[Conversation]] = relationship(back_populates="enquiry")
    handoffs: Mapped[list[Handoff]] = relationship(back_populates="enquiry", order_by="Handoff.created_at")
    places: Mapped[list[Place]] = relationship(back_populates="enquiry")
    visits: Mapped[list[Visit]] = relationship(back_populates="enquiry")
    notes: Mapped[list[Note]] = relationship(order_by="Note.at")
    decisions: Mapped[list[DecisionRecord]] = relationship(back_populates="enquiry", order_by="DecisionRecord.at")


class Conversation(Base):
    """One chat. It exists before an enquiry does and may never become one."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    enquiry_id: Mapped[str | None] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    # The question the enquirer is looking at, and the one before it (a correction means that one).
    question: Mapped[str | None] = mapped_column(String(40))
    previous_question: Mapped[str | None] = mapped_column(String(40))
    # The topic answered last and, behind a #, the part of it: "and two of them?" asks about that.
    last_answer: Mapped[str | None] = mapped_column(String(80))
    misunderstood: Mapped[int] = mapped_column(default=0)
    # A child, or someone in danger: nothing more is collected in this conversation.
    collecting_stopped: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)

    enquiry: Mapped[Enquiry | None] = relationship(back_populates="conversations")
    messages: Mapped[list[Message]] = relationship(order_by="Message.number", cascade="all, delete-orphan")


class Message(Base):
    """One message of a conversation. `waiting` marks an enquirer's message that the assistant has not dealt with yet."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("conversation_id", "client_key"),
        Index("ix_messages_waiting", "conversation_id", sqlite_where=text("waiting"), postgresql_where=text("waiting")),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int]
    author: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    choices: Mapped[list[Any]] = mapped_column(default=list)
    links: Mapped[list[Any]] = mapped_column(default=list)
    question: Mapped[str | None] = mapped_column(String(40))
    # Which of how many questions it asks, as it is shown.
    progress: Mapped[str | None] = mapped_column(String(60))
    # The enquirer's message this one replies to, so that a message sent twice gets the same replies.
    reply_to: Mapped[str | None] = mapped_column(String(32), index=True)
    client_key: Mapped[str | None] = mapped_column(String(64))
    waiting: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class Answer(Base):
    """The current answer to one criterion. A correction replaces it; the transcript keeps what was said before."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("enquiry_id", "criterion"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"))
    criterion: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JSON)
    corrected: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime]

    enquiry: Mapped[Enquiry] = relationship(back_populates="answers")


class OutcomeRecord(Base):
    """What a set of answers led to, by which version of the criteria, and why."""

    __tablename__ = "outcomes"
    __table_args__ = (
        CheckConstraint("outcome IN ('continue','note','talk_first','other_route','not_yet')", name="known_outcome"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    criteria_version: Mapped[str] = mapped_column(String(40))
    route: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]


class DecisionRecord(Base):
    """What a named member of staff decided about going on, and why. Nothing else in Hearth can write one."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("decision IN ('progressing','not_progressing','wait')", name="known_decision"),
        CheckConstraint("length(trim(reason)) > 0", name="with_a_reason"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    at: Mapped[datetime]
    # The enquirer asked for it to be looked at again.
    look_again_at: Mapped[datetime | None]
    # When the enquirer was told, by whom, and how: by phone or at another visit, never by itself.
    told_at: Mapped[datetime | None]
    told_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    told_how: Mapped[str | None] = mapped_column(String(10))

    enquiry: Mapped[Enquiry] = relationship(back_populates="decisions")
    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
    teller: Mapped[Staff | None] = relationship(foreign_keys=[told_by])


class ReturnLink(Base):
    """A link, sent to the person's own e-mail or phone, that takes a conversation up again. Only its SHA-256 is kept."""

    __tablename__ = "return_links"

    secret_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Rehearsal(Base):
    """What a changed criteria file would have done to answers given so far: counts and made-up or anonymous examples only."""

    __tablename__ = "rehearsals"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    from_version: Mapped[str] = mapped_column(String(40))
    to_version: Mapped[str] = mapped_column(String(40))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]


class StageChange(Base):
    """One dated step of a journey, with who and why."""

    __tablename__ = "stage_changes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    who: Mapped[str]
    why: Mapped[str]
    # Its place on the journey: several steps may be taken at one moment.
    number: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]


class Handoff(Base):
    """Something a person at the service has to do, by when, and who does it."""

    __tablename__ = "handoffs"
    __table_args__ = (
        # One open handoff a conversation for each reason and category: asking twice does not fill the queue.
        Index(
            "uq_handoffs_open_once",
            "conversation_id",
            "reason",
            "category",
            unique=True,
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        CheckConstraint(
            "done_at IS NULL OR (done_by IS NOT NULL AND done_note IS NOT NULL)", name="done_by_someone_with_a_note"
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    enquiry_id: Mapped[str | None] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(24))
    # The disclosure's category, or the route of a redirect; else an empty text (NULLs are never equal, which would undo the index above).
    category: Mapped[str] = mapped_column(String(40), default="")
    # Roles that may read it; empty means every role. An allegation is not for the enquiry queue.
    audience: Mapped[list[Any]] = mapped_column(default=list)
    # Nothing is sent to the person by itself any more: someone may be reading it.
    pauses_messages: Mapped[bool] = mapped_column(default=False)
    # Of a disclosure: when it was last told, and whether a rule ever heard it (False: the trained part alone; None: nobody knows any more).
    told_at: Mapped[datetime | None]
    by_rule: Mapped[bool | None]
    # The person, or a member of staff, said that it was not meant that way, and it does not count any more. Told again, it does.
    put_right_at: Mapped[datetime | None]
    priority: Mapped[str] = mapped_column(String(10))
    summary: Mapped[str]
    created_at: Mapped[datetime]
    due_by: Mapped[datetime] = mapped_column(index=True)
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None]
    done_note: Mapped[str | None]

    enquiry: Mapped[Enquiry | None] = relationship(back_populates="handoffs")
    conversation: Mapped[Conversation] = relationship()


class HandoffRead(Base):
    """Who has opened a disclosure, and when first: safeguarding asks for both."""

    __tablename__ = "handoff_reads"

    handoff_id: Mapped[str] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    at: Mapped[datetime]


class PuttingRight(Base):
    """Somebody said of a disclosure that it was not meant that way: when, who, and whether it ended the flag. Never changed."""

    __tablename__ = "puttings_right"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    handoff_id: Mapped[str] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), index=True)
    # None: the person themselves, in the chat.
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    ended: Mapped[bool]
    at: Mapped[datetime]


class Note(Base):
    """What a member of staff wrote down about an enquiry."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()


class Staff(Base):
    """A member of staff of one agency, known by role."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str]
    # A one-time password has to be changed at the first sign-in.
    must_change: Mapped[bool] = mapped_column(default=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSession(Base):
    """A signed-in browser or an API token. Only the SHA-256 of the secret is kept."""

    __tablename__ = "staff_sessions"

    secret_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()
