"""A report of what preparing the store has done."""

from __future__ import annotations

from dataclasses import dataclass, field

from enquiry.enums import Role


@dataclass(frozen=True)
class NewAccount:
    """An account just made. The password works once, has to be shown now, and is kept nowhere."""

    role: Role
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class SetupReport:
    """What was done; nothing, on a store that was ready."""

    migrated: bool = False
    events: int = 0
    visitors: int = 0
    accounts: tuple[NewAccount, ...] = ()
