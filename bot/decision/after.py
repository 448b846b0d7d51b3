"""The time after a disclosure: what the conversation is about then, and what a further disclosure changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Certainty = Literal["sure", "faint"]

# Once somebody is known to be a child, they are one whatever else they tell: a partner's violence is told by grown-ups.
OF_A_CHILD = ("user_is_child", "child_in_care_unhappy")
THREAT = "threat_to_staff"
# But for these: they take other help, for a child too.
WHOEVER_TELLS = ("child_immediate_danger", "suicidal_or_self_harm")


@dataclass(frozen=True)
class After:
    """What a conversation is about since a disclosure, and what was heard of that in the message (bot/afterwards/reader.py).

    `category` was disclosed, surely or not (`sure`).
    """

    category: str
    sure: bool
    asks: str | None = None
    confidence: float = 0.0
    ahead: bool = False
    denies: Literal["true", "half"] | None = None
    says_so: bool = False

    def as_told(self, disclosure: Mapping[str, Any] | None) -> After:
        """Take a denial for half of one where it discloses something itself: surely, or by the words of a rule."""
        if self.denies != "true" or disclosure is None:
            return self
        tells = disclosure["certainty"] == "sure" or disclosure["by"] == "rule"
        return replace(self, denies="half") if tells else self

    def beside(self, disclosure: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """Weigh a disclosure beside one that was surely told before.

        What somebody says next is about the same, and read by itself it sounds like much else. So another kind on the trained part's word
        alone is faint: its lines are added, and the numbers of the first stay.
        """
        if disclosure is None or not self.sure or disclosure["category"] == self.category:
            return disclosure
        if self.category in OF_A_CHILD and disclosure["category"] not in WHOEVER_TELLS:
            return {**disclosure, "category": self.category}
        if disclosure["by"] != "model":
            return disclosure
        # Of a threat it would say nothing that helps, and staff are looking already.
        return None if disclosure["category"] == THREAT else {**disclosure, "certainty": "faint"}
