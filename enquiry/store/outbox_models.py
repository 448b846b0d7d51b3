"""The tables of messages that go out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from enquiry.store.base import Base, new_id


class OutboxMessage(Base):
    """A message to be sent, written in the transaction of what it tells of. `occasion` makes it once only."""

    __tablename__ = "outbox"
    __table_args__ = (
        # Messages stay when they were sent; the worker looks every two seconds for those that were not.
        Index(
            "ix_outbox_next_try_at",
            "next_try_at",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40))
    occasion: Mapped[str] = mapped_column(String(120), unique=True)
    # Which letter of data/wording/letters.yml it is, such as `place_booked`.
    kind: Mapped[str] = mapped_column(String(40), default="")
    channel: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    # An iCalendar file that goes with an e-mail: an invitation, a change of it, or a cancellation.
    calendar: Mapped[str | None]
    enquiry_id: Mapped[str | None] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    # Of no use after this: a reminder is not sent when the event has begun.
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    # Set just before it is handed to a provider that can't be asked afterwards whether it took it. Found again, nobody
    # can tell whether it went: a person decides, since none may be sent twice.
    handing_over_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # No more tries: a person looks at it.
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class NoMessages(Base):
    """A phone number or e-mail address that asked for no more messages."""

    __tablename__ = "no_messages"

    recipient: Mapped[str] = mapped_column(String(254), primary_key=True)
    at: Mapped[datetime]
