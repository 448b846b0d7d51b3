"""The web application: public chat, staff console and the interfaces for machines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.templating import Jinja2Templates

from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue
from enquiry.operating.event_counts import EventCounts
from enquiry.safeguarding.phone_links import dials
from enquiry.settings import Settings
from enquiry.store.engine import Store
from web.api import availability as availability_api
from web.api import bookings as bookings_api
from web.api import chat as chat_api
from web.api import notify as notify_api
from web.api import returning as return_api
from web.api import staff as staff_api
from web.assets import asset_address
from web.assets import router as assets
from web.body_limit import BodyLimit
from web.booking import routes as booking
from web.booking.dependencies import UnknownBooking, on_unknown_booking
from web.calendar_feed import router as calendar
from web.chat import demonstration, pages, returning
from web.chat.forget import forget_now
from web.chat.linking import LINKABLE, linked, safe_links
from web.console import routes as console
from web.dependencies import Application
from web.operating.health import Readiness
from web.operating.metrics import Figures
from web.operating.requests import RequestLog
from web.operating.routes import router as operating
from web.problems import add_problem_handlers, problem_response
from web.rate_limits import RateLimits
from web.security_headers import SafetyHeaders
from web.turns.assistant import Assistant
from web.turns.conversation_keys import Clock, ConversationKeys
from web.turns.messages import LONGEST_MESSAGE
from web.turns.notifier import Notifier
from web.turns.turns import Turns

TEMPLATES = Path(__file__).resolve().parent / "templates"


def wall_clock() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC)


def create_app(settings: Settings, store: Store, catalogue: Catalogue, clock: Clock = wall_clock) -> FastAPI:
    """Put the web application together. It serves pages at once, whether or not the assistant is there.

    Args:
        settings: of this installation.
        store: where everything is kept; the caller closes it.
        catalogue: everything under data/.
        clock: gives the present moment, aware UTC.
    """
    agencies, wording = catalogue.agencies, catalogue.wording
    counts = EventCounts()
    notifier = Notifier()
    assistant = Assistant(settings.rasa_port, settings.actions_port)
    turns = Turns(
        store=store,
        assistant=assistant,
        notifier=notifier,
        wording=wording,
        agencies=agencies,
        categories=catalogue.categories,
        clock=clock,
        seconds=settings.assistant_seconds,
        forget=lambda conversation_id: forget_now(application, conversation_id),
    )
    application = Application(
        settings=settings,
        store=store,
        catalogue=catalogue,
        links=BookingLinks(settings.address, settings.signing_key),
        clock=clock,
        conversation_keys=ConversationKeys(settings.signing_key, settings.token_days, clock),
        rate_limits=RateLimits(
            settings.messages_per_minute,
            settings.conversations_per_hour,
            settings.sign_ins_per_minute,
            settings.bookings_per_hour,
        ),
        assistant=assistant,
        notifier=notifier,
        turns=turns,
        readiness=Readiness(settings=settings, store=store, assistant=assistant, wording=wording, clock=clock),
        counts=counts,
        figures=Figures(counts.registry, store, assistant, agencies, clock),
    )
    app = FastAPI(
        title="Hearth",
        version="0.1.0",
        description=__doc__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.application = application
    app.state.settings, app.state.store, app.state.agencies = settings, store, agencies
    app.state.wording, app.state.clock = wording, clock
    app.state.templates = _templates(application)
    add_problem_handlers(app)
    app.add_exception_handler(UnknownBooking, on_unknown_booking)
    too_big = problem_response(413, wording.say("page.too_big", limit=LONGEST_MESSAGE))
    app.add_middleware(BodyLimit, refusal=too_big)
    app.add_middleware(SafetyHeaders, agencies=agencies, address=settings.address)
    app.add_middleware(RequestLog)
    app.include_router(operating)
    app.include_router(chat_api.router)
    app.include_router(return_api.router)
    app.include_router(staff_api.router)
    app.include_router(notify_api.router)
    app.include_router(availability_api.router)
    app.include_router(bookings_api.router)
    app.include_router(console.router, include_in_schema=False)
    app.include_router(booking.router)
    app.include_router(calendar)
    app.include_router(demonstration.router)
    app.include_router(returning.router)
    app.include_router(pages.router)
    app.include_router(assets)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    application: Application = app.state.application
    watches = [asyncio.create_task(application.assistant.watch()), asyncio.create_task(application.turns.watch())]
    try:
        with application.counts.listening():
            yield
    finally:
        for watch in watches:
            watch.cancel()
        await asyncio.gather(*watches, return_exceptions=True)
        await application.turns.close()
        await application.assistant.close()


def _templates(application: Application) -> Jinja2Templates:
    templates = Jinja2Templates(TEMPLATES)
    templates.env.globals.update(
        asset=asset_address, say=application.wording.say, longest=LONGEST_MESSAGE, linkable=LINKABLE, tel=dials
    )
    templates.env.filters.update(linked=linked, safe_links=safe_links)
    return templates
