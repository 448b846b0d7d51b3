"""The staff console under /console."""

from __future__ import annotations

from fastapi import APIRouter

from web.console import criteria, decisions, enquiries, events, handoffs, queue, sign_in, visits

router = APIRouter(include_in_schema=False)
for part in (sign_in, queue, handoffs, enquiries, decisions, events, visits, criteria):
    router.include_router(part.router)
