"""Count of the adults a text tells of, the person who types among them."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.answers.ages import ADULT_AT, CHILD_WORDS, OLDEST
from bot.text.numbers import N, number_in, numbers
from bot.text.reading import GROWN, read

ALONE = re.compile(
    r"\b(?:just|only|jus) (?:me|myself|moi|little old me)\b|\bon my own\b|\b(?:nobody|no ?one) else\b(?=[ ,]*(?:here|kids|but the|just|"
    r"at home|my|$))|\bliv(?:e|ing) alone\b|\bby myself\b|"
    r"\bonly myself\b|^(?:me|myself|single|solo|yours truly|i'?m the only (?:adult|grown ?-?up|one))$|\b(?:just|only) yours truly\b|"
    r"\bon (?:my|me) (?:tod|lonesome|jack)\b|^just (?:little|"
    r"lil) (?:old )?me\b|\bonly (?:the )?one of me\b|"
    r"^(?:just |only )?(?:me|myself) (?:and|n|&|\+) (?:my|the|a) (?:\w+ )?(?:cats?|dogs?|budgie|fish|goldfish|rabbits?|hamster|"
    r"parrot|pets?|tortoise)$"
)
SELF = re.compile(
    r"\b(?:single|i'?m a|i am a|as a|stay at home|full time|working) (?:single )?(?:mum|mam|mom|dad|mother|father|parent|"
    r"nan|gran|grandma|grandad)\b"
)
GONE = re.compile(
    r"\b(?:died|dead|passed|widow\w*|divorced|separated|ex|late|left|moved out|next door|round the corner|nearby|away|"
    r"sometimes|visits?|stays?)\b"
)
TWO = re.compile(
    r"\bme (?:and|n|&|\+|plus) (?:him|her|hubby|my other half|one)\b|\bboth of us\b|\bthe two of us\b|\b(?:us two|we two|"
    r"a couple|married couple|plus one)\b|^couple$"
)
NO_MORE = re.compile(r"\b(?:nobody|no ?one) else\b|\bthat'?s (?:it|all)\b")
COUNTED = re.compile(
    rf"\b{N}\s+(?:of us|(?:other )?adults?(?! (?:kids|children|sons|daughters))|grown ?-?ups?(?! (?:kids|"
    rf"children|sons|daughters|boys|girls))|people|over 18s?|persons?|in total|altogether|all together)\b"
)
MORE = re.compile(
    rf"\b(?:me|i|myself)\b.*?\b(?:and|plus|\+|with|n|&) {N} (?:others?|other adults?|more|friends?|adults?|"
    rf"grown ?-?ups?)\b(?! (?:kids|children|sons|daughters|boys|girls))|"
    rf"(?:\bplus|\+) ?{N}$|\b{N} (?:plus|and|\+|&) (?:me|myself|i)$"
)
PLURAL = re.compile(
    rf"\b{N} (?:lodgers|housemates|flatmates|sisters|brothers|friends|aunts|(?:grown[ -]?up|adult|older) (?:kids|children|"
    rf"sons|daughters|boys|girls))\b"
)
PLURAL_UNKNOWN = re.compile(
    r"\b(?:lodgers|housemates|flatmates|sisters|brothers|friends|mates|aunts|(?:grown[ -]?up|adult|older) (?:kids|children|"
    r"sons|daughters))\b"
)
PAIRS = re.compile(r"\b(?:parents|in-?laws|grandparents)\b")
WITH_PETS = re.compile(
    r"(?:,| and| n| &| \+| plus) (?:my |the |a |our |his |two |three |\d )*(?:\w+ )?(?:cats?|dogs?|budgies?|(?:gold)?fish|"
    r"rabbits?|hamsters?|parrots?|pets?|tortoises?)$"
)
FEWER = re.compile(
    rf"\b{N}\s+(?:(?:of (?:them|us|whom|those) )?(?:are|is)\s+)?(?:kids?|children|child|under 18s?|little ones?|teenagers|"
    rf"teens|toddlers?|bab(?:y|ies))\b"
)
MOVED_OUT = re.compile(r"\b(?:left|flown|gone|moved out|grown)\b")
MOST_NAMED = 12  # a number up to this beside "my husband" may be a count; a larger one is an age
OLD_ENOUGH = re.compile(rf"\b{N}[- ]?(?:(?:years?|yrs?)[- ]?old|yo)\b")


# One person, named by way of another: "mother of husband".
IN_LAW = re.compile(
    r"\b(mother|mum|mam|father|dad|sister|brother) (?:of|to) (?:my |the )?(?:husband|hubby|wife|partner|boyfriend|girlfriend)\b"
)
UNDER_AGE = re.compile(rf"\b(?:is |are )?(?:under|below) {N}\b")


# "just me and Gary": a name that may be anybody's, but that is not alone.
ME_AND = re.compile(r"\b(?:me|myself|i) (?:and|n|&|\+|plus) (?P<who>[a-z][a-z'-]+)\b(?P<rest>.*)$")
NO_NAME = frozenset(
    "my the a an our his her their him hubby one two three four five no nobody kids children baby babies toddler toddlers little small cat "
    "cats dog dogs fish pets pet lodger lodgers partner husband wife mum dad mother father nan gran family others just only that i me "
    "friend friends mate sister brother son daughter teenager teenagers goldfish budgie rabbit hamster parrot tortoise twins flatmate "
    "housemate housemates flatmates boyfriend girlfriend fiance fiancee missus misses bf gf then so who adult adults grown grandma grandad "
    "parents grandparents wifey bairns us both".split()
)
CHILD_BESIDE = re.compile(
    r"\b(?:grand ?(?:son|daughter|child|children|kids?)|sons?|daughters?|kids?|child|children|bab(?:y|ies)|toddlers?)\b"
)


def _with_a_name(text: str) -> int | None:
    """Count two where a child is told of beside somebody who is only named; 0 where it may be a child or a dog, and None for no name."""
    found = ME_AND.search(text)
    if found is None or found.group("who") in NO_NAME:
        return None
    rest = found.group("rest")
    others = re.search(r"^ ?(?:,|and|n|&) ?(?!well\b|plus\b|but\b|the\b|my\b|our\b)[a-z]", rest)
    return 2 if CHILD_BESIDE.search(rest) and not others and not _others(rest) else 0


def adults_told(typed: str) -> int | None:
    text = UNDER_AGE.sub(" children ", IN_LAW.sub(r"\1 in law", WITH_PETS.sub("", typed)))
    counted = COUNTED.search(text)
    fewer = FEWER.search(text)
    more = MORE.search(text)
    if more:
        at = next(place for place in range(1, len(more.groups()) + 1) if more.group(place))
        return 1 + number_in(more.group(at)) + _others(text[: more.start(at)])
    if counted:
        return _counted(text, counted, fewer)
    others = _others(text)
    if TWO.search(text) and NO_MORE.search(text):
        return 2
    if (named := _with_a_name(text)) is not None:
        return named or None
    if ALONE.search(text) and not re.search(r"\bme (?:and|n|&|\+) my\b", text):
        return 1
    if GONE.search(text):
        return None
    if others:
        return _with_others(text, others)
    if PLURAL_UNKNOWN.search(text):
        return None
    if TWO.search(text):
        return 2
    if SELF.search(text) or re.search(
        r"\bme (?:and|n|&|\+|with) (?:my |the |our )?(?:\w+ )?(?:kids|children|baby|babies|toddler|little ones?)\b",
        text,
    ):
        return 1
    if re.search(r"\bme (?:and|n|&|\+) my\b", text) and re.search(r"\b(?:son|daughter|boy|girl)s?\b", text):
        young = any(number_in(old) < ADULT_AT for old in OLD_ENOUGH.findall(text))
        young = young or re.search(r"\b(?:is|aged?|who'?s) (?:\d|1[0-7])\b", text) is not None
        return 1 if young else None
    and_children = re.match(rf"{N} (?:\+|and|plus|&) {N} (?:kids?|children|child|baby|babies|toddlers?)$", text)
    if and_children:
        return number_in(and_children.group(1))
    given = numbers(read(text))
    if (
        len(given) == 1
        and not CHILD_WORDS.search(text)
        and not re.search(r"\b(?:years?|bed(?:room)?s?|dogs?|cats?)\b", text)
    ):
        return given[0]
    return None


def _counted(text: str, counted: re.Match[str], fewer: re.Match[str] | None) -> int | None:
    total = number_in(counted.group(1))
    if "adult" in counted.group(0) or "grown" in counted.group(0) or "over 18" in counted.group(0):
        return total
    if fewer and fewer.start() != counted.start():
        return total - number_in(fewer.group(1))
    beside = re.search(r"\bof us (?:and|plus|\+|with) ((?:my|our|the)\b.*)", text)
    if beside:
        more = _others(beside.group(1))
        return total + more if more else None
    with_child = re.search(
        r"\bof us (?:and|plus|\+|with) (?:a |the |our )?(?:new ?born|baby|toddler|child|kids|children)\b", text
    )
    if CHILD_WORDS.search(text) and not MOVED_OUT.search(text) and not with_child:
        return None
    return total


def _with_others(text: str, others: int) -> int | None:
    """Add the person who types to the adults who are named, where nothing in the text speaks against it."""
    if re.search(r"\b(?:us two|two of us|both of us|with us|we)\b", text):
        total = re.search(rf"\b(?:so|makes|total|altogether) (?:it'?s |that'?s |there'?s |there are )?{N}\b", text)
        return number_in(total.group(1)) if total else None
    told = [number for number in numbers(read(text)) if number <= MOST_NAMED and number != others + 1]
    return None if told and not CHILD_WORDS.search(text) and not PLURAL.search(text) else others + 1


def _others(text: str) -> int:
    """Count the adults who are named by what they are to the person: "my husband and our grown up son"."""
    doc = read(SELF.sub(" ", text))
    count = 2 * len(PAIRS.findall(text)) + sum(number_in(number) for number in PLURAL.findall(text))
    for entity in doc.ents:
        before = doc[entity.start - 1].lower_ if entity.start else ""
        if entity.label_ == "ADULT" and before not in ("no", "without", "ex", "as"):
            count += 1
        if entity.label_ == "OWN_CHILD" and _grown(doc, entity.start, entity.end):
            count += 1
    several = re.search(r"\b(?:sons|daughters|kids|children|boys|girls)\b(.*)", text)
    if several and not PLURAL.search(text):
        count += sum(1 for number in numbers(read(several.group(1))) if ADULT_AT <= number < OLDEST)
    elif not any(entity.label_ == "OWN_CHILD" for entity in doc.ents):
        count += sum(1 for old in OLD_ENOUGH.findall(text) if number_in(old) >= ADULT_AT)
    return count


def _grown(doc: Doc, start: int, end: int) -> bool:
    near = doc[max(0, start - 4) : min(len(doc), end + 4)]
    return bool({token.lower_ for token in near} & GROWN) or any(
        ADULT_AT <= number < OLDEST for number in numbers(near.as_doc())
    )
