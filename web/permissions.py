"""Permissions of routes: declared beside it, asked before anything else is done, and listed in docs/permissions.md."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.dependencies.models import Dependant

from enquiry.enums import Role
from enquiry.staff.permissions import Permission, may
from enquiry.store.models import Staff


class NotPermitted(Exception):
    """The reader's role does not have the permission that a route needs."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


@dataclass(frozen=True)
class Reader:
    """The member of staff who is looking."""

    id: str
    agency: str
    name: str
    email: str
    role: Role
    must_change: bool

    @classmethod
    def of(cls, staff: Staff) -> Reader:
        """A member of staff, apart from the store."""
        return cls(staff.id, staff.agency, staff.name, staff.email, Role(staff.role), staff.must_change)

    def may(self, permission: Permission) -> bool:
        """Whether their role has a permission."""
        return may(self.role, permission)


@dataclass(frozen=True)
class PermissionCheck:
    """Lets a reader on who has a permission. What makes it a dependency is how the reader is known: by cookie or by token."""

    permission: Permission

    def check(self, reader: Reader) -> Reader:
        """The reader again.

        Raises:
            NotPermitted: their role does not have the permission.
        """
        if not reader.may(self.permission):
            raise NotPermitted(self.permission)
        return reader


def permission_of(dependant: Dependant | None) -> Permission | None:
    """The permission that a route declares among what it depends on, or None."""
    if dependant is None:
        return None
    if isinstance(dependant.call, PermissionCheck):
        return dependant.call.permission
    found = (permission_of(inner) for inner in dependant.dependencies)
    return next((permission for permission in found if permission), None)
