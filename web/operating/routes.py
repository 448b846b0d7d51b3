"""Routes for those who run it: /health, /ready and /metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, PlainTextResponse, Response

from web.dependencies import App
from web.operating.health import NEEDED, OK
from web.operating.metrics import may_read_figures
from web.problems import Problem

router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health() -> PlainTextResponse:
    """Whether this process answers. Neither the store nor a thread of the pool is needed for it."""
    return PlainTextResponse("up\n")


@router.get("/ready")
async def ready(app: App) -> JSONResponse:
    """Each part with "ok" or a sentence; 503 when no person can be served."""
    found = await app.readiness.look()
    serves = all(found[part] == OK for part in NEEDED)
    return JSONResponse({"ready": serves, "parts": found}, 200 if serves else 503)


@router.get("/metrics")
async def metrics(request: Request, app: App) -> Response:
    """Figures for Prometheus; to the public there is nothing here."""
    if not may_read_figures(request, app.settings.metrics_token):
        raise Problem(404, app.wording.say("page.not_found"))
    return Response(await app.figures.text(), media_type=CONTENT_TYPE_LATEST)
