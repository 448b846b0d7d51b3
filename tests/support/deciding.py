"""Members of staff who decide, and enquirers who ask for it to be looked at again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from enquiry.agencies.agency import Agency
from enquiry.content.wording import load_wording
from enquiry.enums import Decision, HandoffReason, Role, Stage
from enquiry.handoffs.second_look import Asked, ask_to_look_again
from enquiry.journey.decisions import (
    Recorded,
    record_decision,
)
from enquiry.journey.stages import change_stage
from enquiry.settings import ROOT
from enquiry.store.models import Conversation, Enquiry, Handoff, Staff
from tests.support.maker import Maker

WORDING = load_wording(ROOT / "data" / "wording")
VISITED = [Stage.SCREENING, Stage.SCREENED, Stage.VISIT_BOOKED, Stage.VISITED]


def staff(make: Maker, name: str, role: Role = Role.RECRUITMENT, agency: str | None = None) -> str:
    with make.store.write() as session:
        email = f"{name.lower()}@{agency or 'here'}.example"
        someone = Staff(
            agency=agency or make.agency.slug,
            email=email,
            name=name,
            role=role.value,
            password_hash="x",
            created_at=make.now,
        )
        session.add(someone)
        session.flush()
        return someone.id


def go(make: Maker, enquiry: str, *stages: Stage) -> None:
    with make.store.write() as session:
        for stage in stages:
            change_stage(session, session.get_one(Enquiry, enquiry), stage, who="x", why="x", now=make.now)


def decide(
    make: Maker, enquiry: str, who: str, decision: Decision, reason: str = "They move house in June.", **more: object
) -> Recorded:
    now = make.now + more.pop("later", timedelta())  # type: ignore[operator]
    with make.store.write() as session:
        found, someone = session.get_one(Enquiry, enquiry), session.get_one(Staff, who)
        return record_decision(session, found, someone, decision, reason, now, **more)  # type: ignore[arg-type]


def history(make: Maker, enquiry: str) -> list[tuple[str, str]]:
    with make.store.read() as session:
        return [(one.staff.name, one.decision) for one in session.get_one(Enquiry, enquiry).decisions]


def journey(make: Maker, enquiry: str) -> list[str]:
    with make.store.read() as session:
        return [change.stage for change in session.get_one(Enquiry, enquiry).changes]


def look_again(make: Maker, agency: Agency, enquiry: str, later: timedelta = timedelta()) -> Asked:
    conversation = make.conversation_of(enquiry)
    with make.store.write() as session:
        found, chat = session.get_one(Enquiry, enquiry), session.get_one(Conversation, conversation)
        return ask_to_look_again(session, chat, found, agency, WORDING, make.now + later)


def requests(make: Maker) -> list[Handoff]:
    with make.store.read() as session:
        return list(session.scalars(select(Handoff).where(Handoff.reason == HandoffReason.LOOK_AGAIN.value)))
