"""Make docs/permissions.md: each route of the console and the staff API, the permission it asks for, the roles that have it.

.venv/bin/python -m web.permission_table > docs/permissions.md
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import BaseRoute

from enquiry.enums import Role
from enquiry.staff.permissions import EVERYBODY, GRANTS, Permission
from web.api import staff
from web.console.routes import router as console
from web.permissions import permission_of

COMMAND = ".venv/bin/python -m web.permission_table > docs/permissions.md"
# Who is not signed in has no role to ask for.
WITHOUT_PERMISSION = {
    ("GET", "/console/sign-in"): "Who is not signed in comes here to do so.",
    ("POST", "/console/sign-in"): "The password is the key, and tries are counted.",
    ("POST", "/console/sign-out"): "It ends the session of the browser that asks, and nothing else.",
}
HEAD = """# Who may do what

Made from the routes and from `enquiry/staff/permissions.py`, not by hand. To renew it: `{command}`.

A role has the permissions below, at its own service and nowhere else. Some of what a route shows depends on more than the
role: a handoff is for the roles in its audience (for a disclosure those of its category in `data/safeguarding.yml`), a
conversation for those who may read every handoff it led to.
"""


@dataclass(frozen=True)
class StaffRoute:
    """A route of the console or the staff API."""

    method: str
    path: str
    does: str
    permission: Permission | None


def staff_routes(routes: Sequence[BaseRoute] = (*console.routes, *staff.router.routes)) -> list[StaffRoute]:
    """The routes with what they do and the permission they ask for, by path."""
    found = [
        StaffRoute(method, context.path, _first_sentence(context), permission_of(getattr(context, "dependant", None)))
        for context in iter_route_contexts(routes)
        if context.path
        for method in context.methods or ()
    ]
    return sorted(found, key=lambda route: (route.path, route.method))


def document() -> str:
    """The text of docs/permissions.md."""
    routes = staff_routes()
    permissions = _table(
        ("permission", "who", "because"),
        ((f"`{permission}`", _roles(grant.roles), grant.reason) for permission, grant in GRANTS.items()),
    )
    parts = [HEAD.format(command=COMMAND), "## Permissions\n", permissions]
    for title, prefix in (("The console", "/console"), ("The staff API", "/api")):
        rows = (_row(route) for route in routes if route.path.startswith(prefix))
        parts += [f"## {title}\n", _table(("route", "what it does", "permission", "who"), rows)]
    return "\n".join(parts)


def _row(route: StaffRoute) -> tuple[str, ...]:
    what = (f"`{route.method} {route.path}`", route.does)
    if route.permission is None:
        return (*what, "none", WITHOUT_PERMISSION[route.method, route.path])
    return (*what, f"`{route.permission}`", _roles(GRANTS[route.permission].roles))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _roles(roles: frozenset[Role]) -> str:
    return "every role" if roles == EVERYBODY else ", ".join(role for role in Role if role in roles)


def _first_sentence(context: RouteContext) -> str:
    text = " ".join((inspect.getdoc(context.endpoint) or "").split())
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


if __name__ == "__main__":
    print(document(), end="")
