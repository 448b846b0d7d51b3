"""Errors as sentences that a person can act on: problem details (RFC 9457) for machines, pages for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.operating.logs import current_request_id
from web.operating.requests import REQUEST_ID
from web.origin import SentFromElsewhere
from web.security_headers import CAREFUL

SENTENCES = {404: "page.not_found", 405: "page.not_allowed"}


class Problem(Exception):
    """An error with its sentence.

    Args:
        status: HTTP status.
        detail: what is the matter and what to do, for a person.
        headers: further headers, such as Retry-After.
        more: further members of the problem details (RFC 9457, 3.2), such as what is free instead.
    """

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def problem_response(
    status: int, detail: str, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> Response:
    """Problem details as RFC 9457 has them; the type is the status itself, so it stays about:blank."""
    return JSONResponse(
        {**(more or {}), "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail},
        status,
        dict(headers or {}),
        media_type="application/problem+json",
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of an application a sentence: as problem details under /api, as a page elsewhere."""

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return _answer(request, error.status, error.detail, error.headers, error.more)

    async def on_foreign_form(request: Request, error: Exception) -> Response:
        return _answer(request, 403, request.app.state.wording.say("page.from_elsewhere"), {})

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code < 400:
            # A redirect that was raised.
            return Response(status_code=error.status_code, headers=dict(error.headers or {}))
        wording: Wording = request.app.state.wording
        sentence = SENTENCES.get(error.status_code)
        own = (
            error.detail
            if error.status_code != HTTPStatus.BAD_REQUEST and error.detail != HTTPStatus(error.status_code).phrase
            else ""
        )
        detail = own or wording.say(sentence or "page.request_unreadable")
        return _answer(request, error.status_code, detail, dict(error.headers or {}))

    async def on_unreadable(request: Request, error: Exception) -> Response:
        # What was sent is not echoed: it could hold anything.
        return _answer(request, 422, request.app.state.wording.say("page.request_unreadable"), {})

    async def on_trouble(request: Request, error: Exception) -> Response:
        # This one is answered outside all middleware, so it brings the headers itself.
        headers = {**CAREFUL, REQUEST_ID: current_request_id() or ""}
        return _answer(request, 500, request.app.state.wording.say("page.trouble"), headers)

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(SentFromElsewhere, on_foreign_form)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_unreadable)
    app.add_exception_handler(Exception, on_trouble)


def _answer(
    request: Request, status: int, detail: str, headers: dict[str, str], more: Mapping[str, Any] | None = None
) -> Response:
    if request.url.path.startswith("/api/"):
        return problem_response(status, detail, headers, more)
    agencies: Mapping[str, Agency] = request.app.state.agencies
    parts = request.url.path.split("/")
    named = agencies.get(parts[2]) if len(parts) > 2 and parts[1] in ("chat", "book") else None
    response: Response = request.app.state.templates.TemplateResponse(
        request,
        "chat/problem.html",
        {"status": status, "detail": detail, "agency": named, "agencies": list(agencies.values())},
        status_code=status,
        headers=headers,
    )
    return response
