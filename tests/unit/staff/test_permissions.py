"""Who may do what, role by role. Written out a second time on purpose: a slip in the one table does not go unseen."""

from __future__ import annotations

import pytest

from enquiry.enums import Role
from enquiry.staff.permissions import GRANTS, Permission, may, roles_that_may

COORDINATOR, RECRUITMENT, VISITOR, MANAGER, SAFEGUARDING = Role
OFFICE = {COORDINATOR, RECRUITMENT, MANAGER}
ALL = set(Role)
EXPECTED = {
    Permission.READ_HANDOFFS: ALL,
    Permission.WORK_ON_HANDOFFS: ALL,
    Permission.READ_UNREAD: {MANAGER, SAFEGUARDING},
    Permission.READ_ENQUIRIES: ALL,
    Permission.ADD_NOTES: ALL,
    Permission.READ_DECISIONS: ALL,
    Permission.DECIDE: {RECRUITMENT, MANAGER},
    Permission.TELL_DECISION: OFFICE | {VISITOR},
    Permission.READ_BOOKINGS: ALL,
    Permission.KEEP_BOOKINGS: OFFICE | {VISITOR},
    Permission.CHANGE_EVENTS: OFFICE,
    Permission.CHANGE_VISITORS: OFFICE,
    Permission.KEEP_CALENDAR_FEEDS: {COORDINATOR, MANAGER},
    Permission.KEEP_OWN_CALENDAR_FEED: ALL,
    Permission.READ_MESSAGES: ALL,
    Permission.READ_ALERTS: {MANAGER, SAFEGUARDING},
    Permission.SEND_AGAIN: ALL,
    Permission.READ_CRITERIA: {MANAGER},
    Permission.CHANGE_OWN_PASSWORD: ALL,
}


def test_every_permission_is_in_the_table_and_says_why() -> None:
    assert set(GRANTS) == set(Permission) == set(EXPECTED)
    assert all(grant.reason.endswith(".") for grant in GRANTS.values())


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_for_these_roles_and_no_other(permission: Permission) -> None:
    assert {role for role in Role if may(role, permission)} == EXPECTED[permission] == roles_that_may(permission)
