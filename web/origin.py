"""Origin of a form: no other website may send one in somebody's name."""

from __future__ import annotations

from fastapi import Request

SAFE_METHODS = frozenset({"GET", "HEAD"})


class SentFromElsewhere(Exception):
    """Another website sent the form, or nobody can tell who did."""


def check_origin(request: Request, address: str) -> None:
    """Check that what would change something was sent by one of our own pages, in a frame on a council's page or by itself.

    Browsers say so in Sec-Fetch-Site. Where it is missing (plain http on a name other than localhost, Safari before 16.4)
    Origin has to be the address that was asked, or the one where people find us.

    Args:
        address: where people find us, as the settings say: behind a proxy it is not what was asked.
    Raises:
        SentFromElsewhere: it was not.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is None:
        asked = f"{request.url.scheme}://{request.headers.get('host', '')}"
        ours = request.headers.get("origin") in (asked, address)
    else:
        ours = site == "same-origin"
    if not ours:
        raise SentFromElsewhere
