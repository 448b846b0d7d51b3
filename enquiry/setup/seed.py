"""The first content of an empty store: information events, initial visitors and one staff account a role."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency, VisitPlan
from enquiry.bookings.events.events import plan_events
from enquiry.enums import Role
from enquiry.setup.report import NewAccount
from enquiry.staff.accounts import add_staff
from enquiry.store.models import Staff, Visitor

# The first account of a role is called after what its holder does.
TITLES = {
    Role.COORDINATOR: "Enquiry coordinator",
    Role.RECRUITMENT: "Recruitment manager",
    Role.VISITOR: "Initial visitor",
    Role.MANAGER: "Service manager",
    Role.SAFEGUARDING: "Safeguarding manager",
}


def seed_agency(session: Session, agency: Agency, now: datetime) -> tuple[int, int, tuple[NewAccount, ...]]:
    """Put the planned events of an agency, its visitors and its accounts into the store, where it has none of the kind.

    Returns:
        How many events and visitors were made, and the new accounts with their one-time passwords.
    """
    events = plan_events(session, agency, now)
    visitors = 0
    if agency.visit_plan and not _any(session, Visitor, agency):
        new = [_visitor(agency, agency.visit_plan, number) for number in range(1, agency.visit_plan.visitors + 1)]
        session.add_all(new)
        visitors = len(new)
    accounts: tuple[NewAccount, ...] = ()
    if not _any(session, Staff, agency):
        accounts = tuple(_account(session, agency, role, now) for role in Role)
    session.flush()
    return events, visitors, accounts


def _visitor(agency: Agency, plan: VisitPlan, number: int) -> Visitor:
    pattern = {
        str(day): [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in spans]
        for day, spans in plan.hours.items()
    }
    return Visitor(
        agency=agency.slug,
        name=f"Initial visitor {number}",
        pattern=pattern,
        visit_minutes=plan.minutes,
        buffer_minutes=plan.buffer_minutes,
        most_a_day=plan.most_a_day,
    )


def _account(session: Session, agency: Agency, role: Role, now: datetime) -> NewAccount:
    # .example is reserved for examples: nothing sent there reaches anyone.
    email = f"{role.value}@{agency.slug}.example"
    staff, password = add_staff(session, agency.slug, email, TITLES[role], role, now)
    return NewAccount(role=role, email=staff.email, password=password)


def _any(session: Session, table: type[Staff | Visitor], agency: Agency) -> bool:
    return session.scalar(select(table.id).where(table.agency == agency.slug).limit(1)) is not None
