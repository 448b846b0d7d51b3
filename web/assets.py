"""Style sheets, scripts and pictures, under addresses that change when their content does."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from enquiry.settings import ROOT

STATIC = Path(__file__).resolve().parent / "static"
MODULES = ROOT / "node_modules"
FETCHED = {
    "govuk-frontend.min.css": MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk-frontend.min.js": MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj-frontend.min.css": MODULES / "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "moj-frontend.min.js": MODULES / "@ministryofjustice/frontend/moj/moj-frontend.min.js",
    "htmx.min.js": MODULES / "htmx.org/dist/htmx.min.js",
}
MOJ_IMAGES = MODULES / "@ministryofjustice/frontend/moj/assets/images"
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    packed: bytes
    kind: str
    digest: str


@cache
def _prepared(file: Path, changed_ns: int) -> Asset:
    body = file.read_bytes()
    if file.suffix == ".css":
        body = _without_crown_font(body.decode()).encode()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(body, gzip.compress(body), kind, hashlib.sha256(body).hexdigest()[:16])


def _without_crown_font(css: str) -> str:
    """GDS Transport may be used on GOV.UK alone; a council's page uses the reader's own fonts."""
    return FONT_FACE.sub("", css).replace("GDS Transport,arial,sans-serif", SYSTEM_FONTS)


def _file(name: str) -> Path | None:
    file = FETCHED.get(name, STATIC / name)
    if name.startswith("images/"):
        file = MOJ_IMAGES / name.removeprefix("images/")
    try:
        inside = any(file.resolve().is_relative_to(folder.resolve()) for folder in (STATIC, MODULES))
        return file if inside and file.is_file() else None
    except (OSError, ValueError):
        # A name that no file can have: too long, or with a NUL in it.
        return None


def load_asset(name: str) -> Asset | None:
    """A file by its name, or None; read again only when it has changed."""
    file = _file(name)
    return _prepared(file, file.stat().st_mtime_ns) if file else None


def asset_address(name: str) -> str:
    """Where a page finds a file. A missing one gets an address too, and the page works without it."""
    asset = load_asset(name)
    return f"/assets/{asset.digest if asset else 'missing'}/{name}"


def send_asset(request: Request, asset: Asset, caching: str) -> Response:
    """Send a file, packed when the browser can unpack it, or say that the browser's copy is good."""
    headers = {"Cache-Control": caching, "ETag": f'"{asset.digest}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=asset.kind)
    return Response(asset.body, headers=headers, media_type=asset.kind)


@router.get("/assets/{digest}/{name:path}")
def get_asset(request: Request, digest: str, name: str) -> Response:
    """Send a file; for ever when the address names this very content."""
    # Pictures are named inside style sheets as /assets/images/…, without a digest.
    asset = load_asset(f"images/{name}") if digest == "images" else load_asset(name)
    if asset is None:
        raise HTTPException(404)
    return send_asset(request, asset, FOR_EVER if digest == asset.digest else A_WHILE)


@router.get("/widget.js")
def get_widget(request: Request) -> Response:
    """Send the script that a council's page includes: a steady address, so kept by browsers for minutes only."""
    asset = load_asset("widget.js")
    if asset is None:
        raise HTTPException(404)
    response = send_asset(request, asset, A_WHILE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
