"""The opening of a text: a yes, a no, neither, or that somebody is not sure."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.text.normalise import trim_punctuation

FILLER = re.compile(
    r"^(?:(?:u+m+|e+r+m*|oh+|ah+|well|so|hi|hello|hey|hmm+|sorry|actually|oops|wait|i mean(?:t)?|change that to|lol|haha|"
    r"right|and|but|sadly|unfortunately|(?:i'?m )?afraid|(?:oh |my |good )*(?:god|gosh|lord|heavens|goodness|hell|jesus|christ)(?: me)?"
    r"(?=,? (?:no|nope|yes|yeah|not)\b))\b[\s,.!-]*)+"
)
YES = re.compile(
    r"(?:ye+s+|yeah?s?|yeh|ye[ap]|yup|ya|yea|aye|yh|ye|yse|yess?ir|yas|sure|definitely|defo|absolutely|certainly|of course|"
    r"indeed|correct|ok|okay|k|"
    r"fine|that'?s? (?:is )?(?:fine|ok(?:ay)?|right|correct)|no problem|no worries|no bother)\b|👍|✅|✔|👌"
)
EMPHATIC_NO = re.compile(
    r"(?:definitely|absolutely|certainly|of course|defo|sure|most certainly) (?:not|no(?! (?:problem|worries|"
    r"bother|issue)|$)|don'?t|haven'?t)\b"
)
SHORT_YES = re.compile(
    r"y|(?:i|we|they|he|she|it|there|both|you) (?:do|does|did|am|are|is|have|has|can|would)(?: indeed| actually)?"
)
NO = re.compile(
    r"(?:no+|nope|nop|nah|naw|nowt|nout|zilch|zero|nada|none|never|nobody|neither|nil|nothing|not|negative|"
    r"i'?d rather (?:you )?(?:did)?n[o']?t|"
    r"please (?:do not|don'?t)|(?:do|have|has|is|does|are|can)n'?t)\b|👎|❌|"
    r"(?:i|we|he|she|they|it|there|you)(?:'ve|'s|'re)?(?: (?:both|really|just|all))? ?"
    r"(?:no|not|never|(?:do|have|has|does|did|can|are|is|was|would|am)(?: no\b| not\b|n'?t\b| never\b| none\b))"
)
# "my kids answer that phone so no": what the text comes to stands at its end.
COMES_TO = re.compile(r"(?:\b(?:so|but|then)|,) (?:(yes|yeah|yep)|no|nope)(?: thanks| thank you| please)?[ .!]*$")
BOTH = re.compile(r"^(?:yes|yeah)\W+(?:and|or|but)?\s*no\b(?! problem)|^no\W+(?:and|or|but)?\s*(?:yes|yeah)\b")
# What opens neither a yes nor a no, though its first word looks like one.
WAVERING = re.compile(
    r"^(?:not (?:really|exactly|quite|entirely|particularly|as such|necessarily|always|only|in|"
    r"on|inside|outside|with|when|during|often|every|all|if|by|for|at (?!the moment|present|all))|kind ?of|kinda|sort ?of|sorta|"
    r"maybe|perhaps|possibly|probably|"
    r"(?:it |that )?depends|ish|hopefully|hard to say|i (?:don'?t |do not )?(?:think|guess|suppose) (?:so|not)|so-so|50/50)\b"
)
UNSURE = re.compile(
    r"\b(not (?:really |quite |too |entirely |100% |totally )?(?:sure|certain)|no (?:idea|clue)|don'?t (?:really )?know|"
    r"dunno|unsure|idk|haven'?t a clue|"
    r"(?:have|need|got) to (?:check|ask|look|find out)|i think so but)\b"
)


def opening(text: str) -> str:
    """Take "um", "oh", "sorry" and the like off the beginning of a normalised text."""
    return FILLER.sub("", text).strip() or text


def wavers(doc: Doc) -> bool:
    """Check whether a message opens with neither yes nor no ("kind of", "not really")."""
    return WAVERING.match(opening(doc.text)) is not None


def polarity(doc: Doc) -> bool | None:
    """Check whether a message opens with a yes or a no; None when neither, when both, or when it wavers."""
    text = opening(doc.text)
    if WAVERING.match(text) or BOTH.match(text) or UNSURE.match(text):
        return None
    whole = trim_punctuation(text)
    if whole == "n" or EMPHATIC_NO.match(text):
        return False
    if YES.match(text) or SHORT_YES.fullmatch(whole) or re.match(r"y[ ,]", text):
        return True
    if NO.match(text):
        return False
    tail = COMES_TO.search(text)
    return (tail.group(1) is not None) if tail else None
