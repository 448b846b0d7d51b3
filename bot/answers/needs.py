"""Words of people who need nothing, or ask what there is: shared by the questions about what would make things easier."""

from __future__ import annotations

import re

NOT_NEEDED = re.compile(
    r"\b(?:don'?t|dont|do not|doesn'?t|didn'?t|won'?t) (?:\w+ )?(?:need|want|require)\b[^,.;]*?(?=\bbut\b|\bjust\b|\bonly\b|[,.;]|$)|"
    r"\b(?:not|no|except|apart from|no need for) (?:the |a |any )?(?=large|easy|bsl|sign|hearing|loop|quiet|ramp|braille)[\w ]*?(?=\bbut\b|"
    r"[,.;]|$)"
)
MANAGES = re.compile(
    r"\b(?:i'?m|im|we'?re|i am|we are|it'?s|that'?s|all) (?:\w+ )?(?:fine|good|ok|okay|grand|alright|all right|sorted)\b|\bnothing\b|"
    r"\bno need\b|\bnot (?:needed|necessary|required|for me|really)\b|\b(?:i|we)'?ll manage\b|\bdon'?t need\b|\bnone\b"
)
HARD_FOR = re.compile(
    r"\b(?:don'?t|can'?t|cant|cannot|not)\b(?! (?:need|want|require|think|really|for|at|that|any|necessary|bother|"
    r"worry))|\b(?:struggle|hard|"
    r"difficult\w*|trouble|hate)\b"
)
ASKS_WHAT = re.compile(r"^(?:so |and |but )?(?:what|what's|whats|why|how|which|who|where|when)\b")
