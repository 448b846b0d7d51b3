"""Words of people who would like to go on, would not, or do not mind: shared by the questions whether to go on."""

from __future__ import annotations

import re

GOES_ON = re.compile(
    r"\b(?:go (?:on|ahead|for it)|carry on|crack on|fire away|ask (?:away|them|me(?! later))|keep (?:going|(?:them|it) coming)|continue|"
    r"bring (?:it|them) on|might as well|may as well|why not|let'?s (?:do|go|get|finish|crack|hear)|lets (?:do|go|get|finish|crack|hear)|"
    r"get (?:it|them|this|that) (?:all )?(?:over|done|out)|proceed|on you go|shoot|hit me|just ask|(?:happy|i'?ll|ready) (?:to )?(?:answer|"
    r"carry)|sooner the better|in one (?:go|sitting)|all at once|the lot|(?:i'?ve|i have|have|got) (?:got )?(?:\w+ )?(?:minutes|mins|"
    r"time)(?! left))\b"
)
NOT_ON = re.compile(
    r"\b(?:not|don'?t|dont|rather not|wouldn'?t|no need to) (?:\w+ )?(?:go on|carry on|continue|ask|keep going|proceed)\b"
)
EITHER = re.compile(
    r"\b(?:don'?t mind|not (?:fussed|bothered)|either|up to you|you (?:decide|choose)|whichever|whatever)\b(?! "
    r"(?:answering|doing|now))"
)
