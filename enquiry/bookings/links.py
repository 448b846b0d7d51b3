"""The signed address by which a booking is looked at, changed or given back: it stands in every message about it.

Nothing is kept: the address holds the booking's reference and a signature of it. It opens this one booking and nothing else.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from enquiry.settings import load_settings

SIGNATURE_BYTES = 12  # 96 bits, 16 characters: nobody guesses one, and it fits into a text message
_LONGEST = 60


def booking_key(reference: str) -> str:
    """What opens a booking: its reference and the signature, safe in an address."""
    return f"{reference}.{_signature(reference)}"


def booking_address(reference: str, page: str = "") -> str:
    """The whole address of a booking's page.

    Args:
        page: a part below it, such as `feedback` or `calendar.ics`.
    """
    address = f"{load_settings().address}/booking/{booking_key(reference)}"
    return f"{address}/{page}" if page else address


def reference_in(key: str) -> str | None:
    """The reference of a key that was signed here, or None for any other text."""
    reference, point, signature = key[:_LONGEST].rpartition(".")
    if not point or not reference.isascii():
        return None
    genuine = hmac.compare_digest(signature.encode("utf-8", "replace"), _signature(reference).encode())
    return reference if genuine and len(key) <= _LONGEST else None


def _signature(reference: str) -> str:
    key = load_settings().signing_key.encode()
    return urlsafe_b64encode(hmac.digest(key, f"booking:{reference}".encode(), sha256)[:SIGNATURE_BYTES]).decode()
