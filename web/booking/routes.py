"""All booking pages."""

from __future__ import annotations

from fastapi import APIRouter

from web.booking import change as changing
from web.booking import events as dates
from web.booking import feedback
from web.booking import find as finding
from web.booking import manage as own
from web.booking import visits as visiting

router = APIRouter()
for page in (dates, visiting, finding, own, changing, feedback):
    router.include_router(page.router)
