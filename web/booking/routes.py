"""All booking pages."""

from __future__ import annotations

from fastapi import APIRouter

from web.booking import changing, dates, feedback, finding, own, visiting

router = APIRouter()
for page in (dates, visiting, finding, own, changing, feedback):
    router.include_router(page.router)
