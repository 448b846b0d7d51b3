"""All booking pages."""

from __future__ import annotations

from fastapi import APIRouter

from web.booking import change, events, feedback, find, manage, visits

router = APIRouter()
for page in (events, visits, find, manage, change, feedback):
    router.include_router(page.router)
