"""Wishes to talk or not to say, and texts that are beside the point of any question."""

from __future__ import annotations

import re

from spacy.tokens import Doc

# Says nothing about any question, though its words may look like an answer.
BESIDE_THE_POINT = re.compile(
    r"\b(?:(?:don'?t|dont|do not|didn'?t) (?:really )?(?:understand|get (?:it|that|the question|what))|none of your|"
    r"nobody'?s business|not sure (?:what|why|how) (?:you|this|that)|"
    r"(?:good|have a|another|quick) question|start again|go back|let me think|ask me later|(?:can'?t|cant) remember the question|"
    r"just wondering|i was told|(?:friend|mate|neighbour|mum|sister) (?:says|said|told)|"
    r"what(?:'s| is) (?:that|this) got|^(?:yes and no|no and yes|yes no)$|who sees|that'?s personal|wrong button)\b"
)
RATHER_TALK = re.compile(
    r"\b(?:rather|prefer(?:red)?|like to|want to|need to|could i|can i|could we|can we)\b.{0,24}\b(?:talk|speak|"
    r"tell someone|ring|call|chat|discuss|explain)\b|"
    r"\b(?:can|could|will|would|get) (?:someone|somebody|you|a person)\b.{0,12}\b(?:ring|call|phone)\b|"
    r"\b(?:can|could|may) (?:i|we)\b.{0,16}\b(?:tell|say (?:it|that) to|explain|discuss)\b|\b(?:one|better) for a (?:human|"
    r"person)\b|\bno (?:more )?(?:ro)?bots?\b|"
    r"\b(?:want|need|get me|give me|just) (?:an? )?(?:actual |real |proper |live )*(?:person|human)\b(?! who)|"
    r"\bsooner (?:talk|tell|speak|say|go over)\b|\b(?:someone|somebody) (?:i|we) (?:can|could) (?:talk|speak)\b"
)
RATHER_NOT = re.compile(
    r"\b(?:rather|prefer) not\b|\b(?:rather|prefer to) (?:stay|remain|be|keep)\b|\bdon'?t (?:want|wish) to (?:say|give|"
    r"share|tell)|\bwon'?t say\b|\banonymous\b|"
    r"\bno thank(?:s| you)\b|\bskip\b|\bnot (?:saying|telling|giving)\b|\bprivate\b"
)


def wants_a_person(doc: Doc) -> bool:
    """Check whether someone says that they would rather talk than type."""
    return RATHER_TALK.search(doc.text) is not None
