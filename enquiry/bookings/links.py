"""The signed address by which a booking is looked at, changed or given back: it stands in every message about it.

Nothing is kept: the address holds the booking's reference and a signature of it. It opens this one booking and nothing else.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

SIGNATURE_BYTES = 12  # 96 bits, 16 characters: nobody guesses one, and it fits into a text message
_LONGEST = 60


@dataclass(frozen=True)
class BookingLinks:
    """Makes and opens the addresses of bookings.

    Args:
        address: where the pages are found, without a final slash.
        signing_key: this installation's secret.
    """

    address: str
    signing_key: str = field(repr=False)

    def key_of(self, reference: str) -> str:
        """Make what opens a booking: its reference and the signature, safe in an address."""
        return f"{reference}.{self._signature(reference)}"

    def address_of(self, reference: str, page: str = "") -> str:
        """Make the whole address of a booking's page.

        Args:
            page: a part below it, such as `feedback` or `calendar.ics`.
        """
        address = f"{self.address}/booking/{self.key_of(reference)}"
        return f"{address}/{page}" if page else address

    def reference_in(self, key: str) -> str | None:
        """Read the reference of a key that was signed here; None for any other text."""
        reference, point, signature = key[:_LONGEST].rpartition(".")
        if not point or not reference.isascii():
            return None
        genuine = hmac.compare_digest(signature.encode("utf-8", "replace"), self._signature(reference).encode())
        return reference if genuine and len(key) <= _LONGEST else None

    def _signature(self, reference: str) -> str:
        digest = hmac.digest(self.signing_key.encode(), f"booking:{reference}".encode(), sha256)
        return urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()
