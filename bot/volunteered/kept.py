"""Replies to "Shall I forget this chat?" that keep it: "no hang on keep it, I might come back". Nothing is deleted then."""

from __future__ import annotations

import re

FORGET_SURE = "forget_sure"
KEEPS = re.compile(
    r"\bkeep (?:it|that|this|everything|the chat|my|all|hold)\b|^(?:oh |um+ )?(?:no|nah|nope|wait|hang on|hold on)\b|^keep\b|"
    r"\b(?:do not|do ?n[o']?t|never|not) (?:you )?(?:delete|forget|erase|wipe|get rid|remove|do (?:it|that))\b|"
    r"\b(?:might|may|will) come back\b|"
    r"\bchanged my mind\b|\bleave it\b"
)
# "Yes, I don't want you to keep it."
KEEPS_NOT = re.compile(
    r"\b(?:do ?n[o']?t|not|never|stop) (?:want (?:you|u|it|them|anyone) to |to |be )?(?:keep|kept|keeping)\b"
)


def keeps_it(text: str) -> bool:
    """Check whether a normalised text wants it kept, or is no plain yes: only a plain yes deletes anything."""
    return KEEPS.search(text) is not None and not KEEPS_NOT.search(text)
