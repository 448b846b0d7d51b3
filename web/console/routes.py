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
    phone_bookings,
    queue,
    sign_in,
    visit,
    visitors,
    visits,
)

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
    phone_bookings,
    visits,
    visit,
    visitors,
    messages,
    criteria,
):
    router.include_router(part.router)
