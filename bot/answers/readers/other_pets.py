"""Answers to `other_pets`: animals beside dogs."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

UNUSUAL = re.compile(
    r"\b(?:pythons?|boas?|constrictors?|venom\w*|poison\w*|vipers?|cobras?|rattle\w*|tarantulas?|scorpions?|licen[cs]\w+|"
    r"dangerous wild|monkeys?|"
    r"marmosets?|lemurs?|servals?|caracals?|savannah cats?|wol(?:f|ves)\w*|crocodiles?|alligators?|caimans?|exotics?|raccoons?|skunks?|"
    r"meerkats?|wild ?cats?|lynx|big cats?|unusual|birds? of prey|hawks?|falcons?|owls?|emus?|ostrich\w*|iguanas?|"
    r"monitor lizards?|wallab\w+)\b"
)
ORDINARY = re.compile(
    r"\b(?:cats?|kittens?|kitty|mogg(?:y|ies)|tabby|rabbits?|bunn(?:y|ies)|hamsters?|guinea pigs?|\w*fish|koi|budg\w*|parrots?|"
    r"parakeets?|cockatiels?|"
    r"canar(?:y|ies)|finch(?:es)?|lovebirds?|tortoises?|terrapins?|turtles?|chickens?|chooks|hens?|cockerel|ducks?|geese|goose|"
    r"horses?|pony|ponies|"
    r"donkeys?|gerbils?|rats?|mouse|mice|ferrets?|geckos?|lizards?|dragons?|corn snakes?|sheep|lambs?|goats?|pigs?|alpacas?|llamas?|bees|"
    r"stick insects?|chinchillas?|degus?|axolotls?|newts?|frogs?|pigeons?|doves?|quails?|cows?|cattle|snails?|aquarium|pond|hutch|"
    r"aviary|turkeys?|"
    r"(?:old |ginger |house)tom|birds?|reptiles?|menagerie)\b"
)
NOT_OURS = re.compile(
    r"\b(?:visits?|comes? (?:round|over|in)|neighbour\w*|thinking (?:of|about)|getting|might|want(?:s|ed)?|would like|next door|"
    r"(?:birds|foxes|squirrels|hedgehogs?) in the garden|wild|stray|"
    r"love|(?:mum|dad|nan|gran|sister|brother|friend)'?s)\b"
)
GONE = re.compile(
    r"\b(?:died|dead|passed (?:away|on|last|in)|used to|put (?:down|to sleep)|had (?:a|one|two)|lost|rehomed|"
    r"no longer|not any ?more|any ?more)\b"
)
ONLY_DOGS = re.compile(
    r"\b(?:just|only|nothing but|no(?:ne|thing)? (?:other|else|apart|except|besides|but)|other than|"
    r"apart from)\b.*\bdogs?\b|\bonly dogs?\b"
)


def other_pets(question: Question, doc: Doc) -> Any:
    """Read whether there are animals beside dogs. An unusual one is a matter for a person, so it is heard before anything else."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    text = re.sub(
        r"\b(?:nothing|not|no|none|never|without|isn'?t|aren'?t)\b(?: \w+){0,2} (?:licen[cs]\w+|exotics?|unusual|"
        r"poison\w*|venom\w*|dangerous wild)\b|"
        r"\b(?:cat|dog|rat|wild) ?flap\b",
        " ",
        text,
    )
    no_sooner = re.search(
        r"\b(?:no|not|don'?t|dont|haven'?t|havent|without|never)\b(?! (?:just|only|but|"
        r"except))[^,.;]{0,24}$",
        text[: _start(ORDINARY, text)],
    )
    if UNUSUAL.search(text) and said is not False and not GONE.search(text):
        return "unusual_or_licensed" if not NOT_OURS.search(text) else ASK_AGAIN
    if GONE.search(text):
        text = re.sub(r"\bbut (?=(?:it|he|she|they) (?:died|passed|went))", "and ", text)
        return ASK_AGAIN if re.search(r"\b(?:now|still|another|left|but|except)\b", text) else "no"
    if NOT_OURS.search(text) and not re.search(
        r"\b(?:we|i)(?:'ve)? (?:have|got|keep|own)\b|\bmy (?:son|daughter|lad)'?s\b", text
    ):
        return ASK_AGAIN if said is not False or HOWEVER.search(text) else "no"
    if ORDINARY.search(text) and not no_sooner:
        return "yes" if not (said is False and UNUSUAL.search(text)) else ASK_AGAIN
    if ONLY_DOGS.search(text) or (re.search(r"\bdogs?\b", text) and not ORDINARY.search(text) and said is not True):
        return "no"
    if wavers(doc):
        return None
    return yes_or_no(question, doc)


def _start(pattern: Any, text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else len(text)
