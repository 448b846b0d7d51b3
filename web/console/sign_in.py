"""Signing in and out, and a password of one's own in place of the one-time one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.staff import (
    SESSION_LASTS,
    Locked,
    PasswordNotNew,
    PasswordTooShort,
    WrongPassword,
    change_password,
    sign_in,
    sign_out,
)
from enquiry.store.models import Staff
from web.console import typed
from web.console.entrance import (
    COOKIE,
    NEW_PASSWORD,
    SIGN_IN,
    ConsoleRoute,
    SignedIn,
    inside,
    who_is_it,
)
from web.console.pages import page

router = APIRouter(prefix="/console", route_class=ConsoleRoute)
Field = Annotated[str, Form()]


@router.get("/sign-in")
def ask(request: Request, next: str = "") -> Response:
    """The sign-in form; someone who is signed in goes on."""
    if who_is_it(request) is not None:
        return RedirectResponse(inside(next), status_code=303)
    return page(request, "console/sign_in.html", next=inside(next), email="", problem=None, until=None)


@router.post("/sign-in")
def check(request: Request, email: Field = "", password: Field = "", next: Field = "") -> Response:
    """Begin a session, or say kindly that it did not work; never which of the two was wrong."""
    store, now = request.app.state.store, request.app.state.clock()
    address = typed.line(email)
    problem, until = None, None
    try:
        with store.write() as session:
            begun = sign_in(session, address, password, now)
            first = begun.staff.must_change
    except WrongPassword:
        problem = "wrong_password"
    except Locked as locked:
        problem, until = "locked", locked.until
    if problem:
        values = {"next": inside(next), "email": address, "problem": problem, "until": until}
        return page(request, "console/sign_in.html", status=422, **values)
    response = RedirectResponse(NEW_PASSWORD if first else inside(next), status_code=303)
    _give_cookie(request, response, begun.secret)
    return response


@router.get("/password")
def ask_new(request: Request, reader: SignedIn) -> Response:
    """The form for another password."""
    return page(request, "console/password.html", problem=None, until=None)


@router.post("/password")
def change(request: Request, reader: SignedIn, old: Field = "", new: Field = "", again: Field = "") -> Response:
    """Set another password. It ends every session of the account, so a new one begins here."""
    store, now = request.app.state.store, request.app.state.clock()
    problem, until = None, None
    if new != again:
        return page(request, "console/password.html", status=422, problem="password_differs", until=None)
    try:
        with store.write() as session:
            staff = session.get_one(Staff, reader.id)
            change_password(session, staff, old, new, now)
            begun = sign_in(session, staff.email, new, now)
    except WrongPassword:
        problem = "wrong_old_password"
    except Locked as locked:
        problem, until = "locked", locked.until
    except PasswordTooShort:
        problem = "password_short"
    except PasswordNotNew:
        problem = "password_not_new"
    if problem:
        return page(request, "console/password.html", status=422, problem=problem, until=until)
    response = RedirectResponse("/console?said=password_changed", status_code=303)
    _give_cookie(request, response, begun.secret)
    return response


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """End this session."""
    secret = request.cookies.get(COOKIE)
    if secret:
        with request.app.state.store.write() as session:
            sign_out(session, secret)
    response = RedirectResponse(SIGN_IN, status_code=303)
    response.delete_cookie(COOKIE, path="/console")
    return response


def _give_cookie(request: Request, response: Response, secret: str) -> None:
    secure = request.url.scheme == "https" or request.app.state.settings.address.startswith("https:")
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/console",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
