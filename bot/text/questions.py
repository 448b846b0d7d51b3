"""Questions: whether a message asks one, and each of those that ask several."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.text.reading import read

ASKING: frozenset[str] = frozenset(
    "what whats what's when where who whos who's why how hows how's which whose whether wondering wonder".split()
)
AUXILIARIES: frozenset[str] = frozenset(
    "can could do does did is are am was were will would should shall must may might have has".split()
)
SUBJECTS: frozenset[str] = frozenset(
    "i you we they he she it there my our your "
    "children kids the a an anyone anybody someone foster people this that these those being having single".split()
)
# "we're in a two-bed flat, is that a problem"
ENDS_ASKING = re.compile(
    r"\b(?:is|would|will|does|do|are|can) (?:that|it|this|we|i|they) (?:still |be |count as )?(?:bad|ok|okay|fine|an? (?:problem|"
    r"issue)|alright|all right|"
    r"matter|count|allowed|too \w+|enough|foster|apply)[ .!?]*$"
)
# "does a box room count", "is asthma a problem", "isn't it the same"; "is not a problem" tells.
WEIGHS = re.compile(
    r"(?:does|do|is|are|can|could|would|will|did)(?: n't)? (?!not\b|fine\b|ok\b|no\b|a\b).*\b(?:count|matter|problem|ok|okay|"
    r"allowed|rule (?:you|me|us) out|stop (?:me|us|you)|put (?:you|them) off|the same(?: thing)?|considered|included|bad|(?:class|"
    r"count|seen|treat)\w* as \w+)$|"
    r"(?:is|are|does|do|would|wo|ca|could|should)(?:n't| n't|nt) (?:it|you|they|that|there|we|i)\b"
)
# "we'd like to know if", "was wondering whether": they ask wherever they stand.
ASKS_INDIRECTLY = re.compile(
    r"\b(?:wonder(?:ing|ed)?|(?:want|wanted|need|like|love)(?:ed)? to (?:know|ask|find out)|tell me|let me know|any idea)"
    r" (?:if|whether|what|how|when|where|who|which|about|please)\b"
)
# What people put before a question: "before I carry on, is this …", "one more thing: do …".
LEADS_IN = re.compile(
    r"^(?:(?:(?:and|but|so|ok|okay|right|wait|sorry|actually|also|oh|well)[, ]+)*"
    r"(?:before (?:i|we) (?:\w+ ){1,3}?(?:on|that|this|start|anything)|"
    r"(?:just )?(?:one|a|another) (?:more |quick |last )?(?:thing|question)|"
    r"quick (?:one|question)|by the way|btw|first(?: of all)?|can i (?:just )?(?:ask|check)(?: (?:first|something))?)[, :.-]+)+",
)
TELLS_WHEN: frozenset[str] = frozenset("i we he she they my our the it".split())  # "when my lodger leaves"
PRONOUNS: frozenset[str] = frozenset("i you we they he she it there anyone anybody people".split())
SMALL_TALK: frozenset[str] = frozenset("so and but hi hello ok also please sorry hey actually well oh wait um".split())
SENTENCE_END = re.compile(r"(?<=[?!.])\s+|\n+")
NEXT_QUESTION = re.compile(
    r"[,;]?\s+(?:and also|and then|and|also|plus|or)\s+(?=(?:how|what|whats|what's|when|where|who|why|which|can|could|do|does|is|are|will|"
    r"would|should|am i|did)\b)|[,;]\s+(?=(?:how|what|when|where|who|why)\b|(?:can|could|do|does|is|are|will|would|should|am) (?:i|we|you|"
    r"it|that|this|there|they)\b)"
)
# "is that ok?" asks about what stands before it, and so does "can we foster?".
LEANS = re.compile(
    r"\b(?:that|it|this|they|them|those|these|one|ones)\b|^(?:so |and )?(?:can|could|would|may) (?:i|we) (?:still )?(?:foster|apply)\W*$"
)
LONGEST_LEANING = 7  # words
FEWEST_WORDS = 3
MOST_PARTS = 4
MOST_PIECES = 24  # that are looked at; each is read once more
# A question beside which so few words stand is the whole message.
FEWEST_BESIDE = 4


def is_question(doc: Doc) -> bool:
    """Check whether a message asks something: a question mark, or the way its first words stand."""
    words = [token.lower_ for token in doc if not token.is_punct]
    if not words:
        return False
    if "?" in doc.text and len(words) > 2:
        return True
    if (lead := LEADS_IN.match(doc.text)) and (rest := doc.text[lead.end() :]):
        return is_question(read(rest))
    start = words[1:] if words[0] in SMALL_TALK else words
    if not start:
        return False
    if start[0] in ASKING:
        return not (start[0] == "when" and start[1:2] and start[1] in TELLS_WHEN)
    if WEIGHS.match(" ".join(start)) or ENDS_ASKING.search(doc.text) or ASKS_INDIRECTLY.search(doc.text):
        return True
    if start[0] in ("have", "has", "had", "did") and start[1:2] and start[1] not in PRONOUNS and start[1] != "n't":
        return False  # "have a spare room" tells
    subject = start[2:] if start[1:2] == ["n't"] else start[1:]  # "don't I need" asks, "haven't got one" tells
    doing = (
        start[0] in ("is", "does", "can", "will", "would") and subject[:1] and re.match(r"\w+(?<!th)ing$", subject[0])
    )
    return (
        len(subject) > 1 and start[0] in AUXILIARIES and (subject[0] in SUBJECTS or subject[0].isdigit() or bool(doing))
    )


def questions_in(text: str) -> list[str]:
    """List the questions of a message that says more than one thing; a message that is one question gives nothing.

    One that means what stands before it ("we rent, is that ok?") is given together with that.

    Args:
        text: the normalised message.
    """
    pieces = _pieces(text)
    asking = []
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if not _asks(piece):
            continue
        leans = len(piece.split()) <= LONGEST_LEANING and LEANS.search(piece)
        asking.append(f"{before.rstrip('.')}, {piece}" if leans and before and before not in asking else piece)
    beside = len(text.split()) - sum(len(question.split()) for question in asking)
    return asking[:MOST_PARTS] if len(asking) > 1 or beside >= FEWEST_BESIDE else []


def told_beside_questions(text: str) -> str:
    """Give what a message tells beside what it asks; nothing where it asks nothing, or nothing else.

    Args:
        text: the normalised message.
    """
    pieces = _pieces(text)
    told = [piece for piece in pieces if not _asks(piece) and not piece.endswith("?")]
    return " ".join(told) if 0 < len(told) < len(pieces) else ""


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for sentence in SENTENCE_END.split(text) for piece in NEXT_QUESTION.split(sentence)]
    return [piece for piece in pieces if piece][:MOST_PIECES]


def _asks(piece: str) -> bool:
    return len(piece.split()) >= FEWEST_WORDS and is_question(read(piece))
