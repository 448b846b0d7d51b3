"""The staff console under /console."""

from __future__ import annotations

from fastapi import APIRouter

from web.console import (
    attendance,
    criteria,
    decisions,
    enquiries,
    event_forms,
    events,
    handoffs,
    messages,
    queue,
    sign_in,
    visit,
    visitors,
    visits,
)
from web.console import phone_bookings as callers

router = APIRouter(include_in_schema=False)
# What has a name of its own comes before what takes any name: /console/events/new before /console/events/{event_id}.
for part in (
    sign_in,
    queue,
    handoffs,
    enquiries,
    decisions,
    event_forms,
    events,
    attendance,
    callers,
    visits,
    visit,
    visitors,
    messages,
    criteria,
):
    router.include_router(part.router)
