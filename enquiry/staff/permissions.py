"""Which roles change what of events, visits and calendars. Every role of the agency may look."""

from __future__ import annotations

from enquiry.enums import Role

# Dates, rooms and numbers of places; and who visits when.
MAY_CHANGE_EVENTS = frozenset({Role.COORDINATOR, Role.RECRUITMENT, Role.MANAGER})
MAY_CHANGE_VISITORS = MAY_CHANGE_EVENTS
# Who stands at the door, answers the telephone or makes the visit. Safeguarding looks and changes nothing.
MAY_KEEP_BOOKINGS = MAY_CHANGE_EVENTS | {Role.VISITOR}
MAY_TELL = MAY_KEEP_BOOKINGS
# An address that opens a calendar without signing in. A visitor has their own as well, whatever the role.
MAY_KEEP_FEEDS = frozenset({Role.COORDINATOR, Role.MANAGER})
