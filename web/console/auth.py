"""The console's door: who is signed in and may do what, and what is shown when the way is barred."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse

from enquiry.queries.handoffs import NotForThisRole, NotThere
from enquiry.staff.permissions import Permission
from enquiry.staff.sessions import SecretKind, staff_for
from web.console.pages import page
from web.forms import FormRoute
from web.origin import SentFromElsewhere
from web.permissions import NotPermitted, PermissionCheck, Reader

COOKIE = "hearth_staff"
SIGN_IN = "/console/sign-in"
NEW_PASSWORD = "/console/password"


class GoElsewhere(Exception):
    """Another page comes first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def signed_in(request: Request) -> Reader:
    """Give who is signed in, for a route that needs it.

    Raises:
        GoElsewhere: to the sign-in page, or to the page for a new password while the one-time one is in use.
    """
    reader = reader_with_cookie(request)
    if reader is None:
        wanted = f"?next={quote(_address(request))}" if request.method == "GET" else ""
        raise GoElsewhere(SIGN_IN + wanted)
    request.state.reader = reader
    if reader.must_change and request.url.path != NEW_PASSWORD:
        raise GoElsewhere(NEW_PASSWORD)
    return reader


def reader_with_cookie(request: Request) -> Reader | None:
    """The member of staff whose cookie this is, if it is good still."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    with request.app.state.store.read() as session:
        staff = staff_for(session, secret, SecretKind.BROWSER, request.app.state.clock())
        return Reader.of(staff) if staff else None


class SignedInAndMay(PermissionCheck):
    """Gives the signed-in member of staff, if their role has the permission."""

    async def __call__(self, reader: Annotated[Reader, Depends(signed_in)]) -> Reader:
        return self.check(reader)


def May(permission: Permission) -> Any:
    """What a console route declares: `reader: Annotated[Reader, May(Permission.DECIDE)]`."""
    return Depends(SignedInAndMay(permission))


def inside(address: str) -> str:
    """Keep an address within the console, whatever was asked for: a link in an e-mail must not lead elsewhere."""
    parts = urlsplit(address)
    plain = not parts.scheme and not parts.netloc and "\\" not in address and address.isprintable()
    return address if plain and address.startswith("/console/") else "/console"


class ConsoleRoute(FormRoute):
    """Every console route: nothing is kept by the browser, and there is a sentence instead of an error."""

    most_fields = 500  # each postcode district that a visitor goes to is one

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                response = await handle(request)
            except SentFromElsewhere:
                response = stopped(request, "other_site", 403)
            except GoElsewhere as elsewhere:
                response = go(request, elsewhere.address)
            except NotThere:
                response = stopped(request, "not_there", 404)
            except NotPermitted as refused:
                response = stopped(request, f"may_not_{refused.permission}", 403)
            except NotForThisRole:
                response = stopped(request, "not_for_your_role", 403)
            except RequestValidationError:
                response = stopped(request, "not_understood", 422)
            except HTTPException as error:
                response = stopped(request, "not_understood", error.status_code)
            return _closed(response)

        return guarded


def go(request: Request, address: str) -> Response:
    """Lead to another page; htmx follows a header, because a redirect would be put into the middle of the page."""
    if request.headers.get("hx-request"):
        return Response(headers={"HX-Redirect": SIGN_IN if address.startswith(SIGN_IN) else address})
    return RedirectResponse(address, status_code=303)


def stopped(request: Request, problem: str, status: int) -> Response:
    """Render a page that says in a sentence why there is nothing to see."""
    return page(request, "console/stopped.html", status=status, problem=problem)


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _closed(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
