"""Signing in and out, and a password of one's own in place of the one-time one."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from enquiry.operating.logs import event_log
from enquiry.staff.accounts import Locked, PasswordNotNew, PasswordTooShort, WrongPassword, change_password, sign_in
from enquiry.staff.permissions import Permission
from enquiry.staff.sessions import SESSION_LASTS, sign_out
from web.console.auth import COOKIE, NEW_PASSWORD, SIGN_IN, ConsoleRoute, May, inside, reader_with_cookie
from web.console.pages import page
from web.dependencies import App, address_of
from web.forms import Field
from web.permissions import Reader
from web.rate_limits import Counted, TooFast
from web.text import cut_line

# Longer than a check takes, so that every refusal takes the same time: with an account, without one, or with a resting one.
REFUSAL_SECONDS = 0.5
log = event_log()
router = APIRouter(prefix="/console", route_class=ConsoleRoute)
MayChangeOwnPassword = Annotated[Reader, May(Permission.CHANGE_OWN_PASSWORD)]


@router.get("/sign-in")
def ask(request: Request, next: str = "") -> Response:
    """Ask for e-mail address and password; someone who is signed in goes on."""
    if reader_with_cookie(request) is not None:
        return RedirectResponse(inside(next), status_code=303)
    return page(request, "console/sign_in.html", next=inside(next), email="", problem=None)


@router.post("/sign-in")
async def check(request: Request, app: App, email: Field = "", password: Field = "", next: Field = "") -> Response:
    """Begin a session, or say kindly that it did not work; never why, nor by the time it takes whether there is an account."""
    store, now = request.app.state.store, request.app.state.clock()
    address = cut_line(email)
    values = {"next": inside(next), "email": address}
    try:
        app.rate_limits.count(Counted.SIGN_IN, address_of(request))
    except TooFast as fast:
        refusal = page(request, "console/sign_in.html", status=429, problem="too_many_tries", **values)
        refusal.headers.update(fast.headers)
        return refusal
    async with app.rate_limits.hashing:
        begun_at = time.monotonic()
        try:
            begun = await run_in_threadpool(sign_in, store, address, password, now)
        except (WrongPassword, Locked) as no:
            _tell_refusal(no)
            begun = None
    if begun is None:
        await asyncio.sleep(begun_at + REFUSAL_SECONDS - time.monotonic())
        return page(request, "console/sign_in.html", status=422, problem="wrong_password", **values)
    response = RedirectResponse(NEW_PASSWORD if begun.staff.must_change else inside(next), status_code=303)
    _give_cookie(request, response, begun.secret)
    return response


@router.get("/password")
def ask_new(request: Request, reader: MayChangeOwnPassword) -> Response:
    """Ask for another password."""
    return page(request, "console/password.html", problem=None, until=None)


@router.post("/password")
async def change(
    request: Request, reader: MayChangeOwnPassword, app: App, old: Field = "", new: Field = "", again: Field = ""
) -> Response:
    """Set another password. It ends every browser session of the account, so a new one begins here."""
    store, now = request.app.state.store, request.app.state.clock()
    problem, until = None, None
    if new != again:
        return page(request, "console/password.html", status=422, problem="password_differs", until=None)
    try:
        async with app.rate_limits.hashing:
            begun = await run_in_threadpool(change_password, store, reader.id, old, new, now)
    except WrongPassword as no:
        _tell_refusal(no)
        problem = "wrong_old_password"
    except Locked as locked:
        _tell_refusal(locked)
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
def end_session(request: Request) -> Response:
    """End this session."""
    secret = request.cookies.get(COOKIE)
    if secret:
        with request.app.state.store.write() as session:
            sign_out(session, secret)
    response = RedirectResponse(SIGN_IN, status_code=303)
    response.delete_cookie(COOKIE, path="/console")
    return response


def _tell_refusal(no: WrongPassword | Locked) -> None:
    # Who tried is not told: what stands in the field for the address may be a password.
    log.warning("sign_in_refused", reason="locked" if isinstance(no, Locked) else "wrong_password")


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
