"""Permissions of each role: the one table of them. docs/permissions.md is made from it and from the routes that ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enquiry.enums import Role


class Permission(StrEnum):
    """Something that a member of staff may do, or may not."""

    READ_HANDOFFS = "read_handoffs"
    WORK_ON_HANDOFFS = "work_on_handoffs"
    READ_UNREAD = "read_unread"
    READ_ENQUIRIES = "read_enquiries"
    ADD_NOTES = "add_notes"
    READ_DECISIONS = "read_decisions"
    DECIDE = "decide"
    TELL_DECISION = "tell_decision"
    READ_BOOKINGS = "read_bookings"
    KEEP_BOOKINGS = "keep_bookings"
    CHANGE_EVENTS = "change_events"
    CHANGE_VISITORS = "change_visitors"
    KEEP_CALENDAR_FEEDS = "keep_calendar_feeds"
    KEEP_OWN_CALENDAR_FEED = "keep_own_calendar_feed"
    READ_MESSAGES = "read_messages"
    READ_ALERTS = "read_alerts"
    SEND_AGAIN = "send_again"
    READ_CRITERIA = "read_criteria"
    CHANGE_OWN_PASSWORD = "change_own_password"


@dataclass(frozen=True)
class Grant:
    """Who has a permission, and why they and nobody else."""

    roles: frozenset[Role]
    reason: str


EVERYBODY = frozenset(Role)
OFFICE = frozenset({Role.COORDINATOR, Role.RECRUITMENT, Role.MANAGER})
CLOSE = frozenset({Role.SAFEGUARDING, Role.MANAGER})

GRANTS: dict[Permission, Grant] = {
    Permission.READ_HANDOFFS: Grant(
        EVERYBODY, "Whoever is free takes what waits. A handoff with an audience is for the roles in it alone."
    ),
    Permission.WORK_ON_HANDOFFS: Grant(EVERYBODY, "Whoever may read a handoff may take it and say what was done."),
    Permission.READ_UNREAD: Grant(
        CLOSE,
        "A message that nobody has understood yet may be a disclosure: until it is understood, it is for these two.",
    ),
    Permission.READ_ENQUIRIES: Grant(
        EVERYBODY,
        "Everybody works with the same households. A conversation with a disclosure is for its audience alone.",
    ),
    Permission.ADD_NOTES: Grant(EVERYBODY, "Whoever learned something writes it down."),
    Permission.READ_DECISIONS: Grant(EVERYBODY, "Whoever speaks with a household has to know what was decided."),
    Permission.DECIDE: Grant(
        frozenset({Role.RECRUITMENT, Role.MANAGER}),
        "The weekly meeting is the recruitment manager with a senior practitioner or team manager (statement of purpose, 2023); "
        "the others prepare it.",
    ),
    Permission.TELL_DECISION: Grant(
        OFFICE | {Role.VISITOR}, "Whoever speaks with the household tells them, by phone or at a visit."
    ),
    Permission.READ_BOOKINGS: Grant(EVERYBODY, "Everybody plans around the events, the diary and who makes visits."),
    Permission.KEEP_BOOKINGS: Grant(
        OFFICE | {Role.VISITOR},
        "They stand at the door, answer the telephone or make the visit. Safeguarding looks and changes nothing.",
    ),
    Permission.CHANGE_EVENTS: Grant(OFFICE, "Dates, rooms and numbers of places are the office's."),
    Permission.CHANGE_VISITORS: Grant(OFFICE, "Who visits when is the office's."),
    Permission.KEEP_CALENDAR_FEEDS: Grant(
        frozenset({Role.COORDINATOR, Role.MANAGER}), "The address of a feed opens a calendar without signing in."
    ),
    Permission.KEEP_OWN_CALENDAR_FEED: Grant(
        EVERYBODY,
        "Whoever makes visits has the diary in a calendar of their own. Somebody else's needs keep_calendar_feeds.",
    ),
    Permission.READ_MESSAGES: Grant(EVERYBODY, "Whoever speaks with a household has to know what was sent to it."),
    Permission.READ_ALERTS: Grant(CLOSE, "A list of alerts tells that somebody disclosed something, and when."),
    Permission.SEND_AGAIN: Grant(EVERYBODY, "Whoever sees that a message did not arrive may have it tried once more."),
    Permission.READ_CRITERIA: Grant(frozenset({Role.MANAGER}), "The service manager owns the criteria."),
    Permission.CHANGE_OWN_PASSWORD: Grant(EVERYBODY, "A password is known to its owner alone."),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether someone in this role may do it."""
    return role in GRANTS[permission].roles


def roles_that_may(permission: Permission) -> frozenset[Role]:
    """The roles with a permission."""
    return GRANTS[permission].roles
