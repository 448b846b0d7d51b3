"""Answers to `heard_from`: how someone heard of the service."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.normalise import trim_punctuation
from bot.text.polarity import UNSURE, opening, polarity
from bot.text.preferences import RATHER_NOT
from bot.text.questions import is_question

CARES = r"(?:foster(?:s|ed|ing)?|carers?)"
SOMEONE = (
    r"(?:friends?|mates?|pals?|mum|mam|dad|parents|sisters?|brothers?|cousins?|aunt\w*|uncle|nan|gran\w*|neighbours?|colleagues?|boss|"
    r"husband|wife|partner|hubby|son|daughter|family|relatives?|in ?laws?|co-?workers?|workmates?|lady|woman|bloke|man|guy|people)"
)
SOURCES: dict[str, re.Pattern[str]] = {
    "other": re.compile(
        r"\bi was (?:in care|fostered|adopted|a foster (?:kid|child)|looked after)\b|\bgrew up in (?:foster )?care\b|"
        r"\b(?:somewhere|something) else\b|\belsewhere\b|\banother way\b|\bgrowing up in care\b|\bthrough (?:my )?(?:work|"
        r"job)\b|\bi work (?:for|with|in|at)\b|\b(?:social worker|gp|health visitor|therapist|midwife)\b|\bmy (?:work|"
        r"job)\b|\bi adopted\b|\b(?:always|just) known?\b"
    ),
    "foster_carer": re.compile(
        rf"\b{SOMEONE}\b(?: \w+){{0,3}}? (?:who |that |who's (?:a )?)?(?:(?:is|was|are|were|both) (?:a |an )?)?(?:{CARES}|"
        rf"foster (?:carers?|parents?|mum))\b|\b{SOMEONE}'s (?:a )?(?:foster )?carer\b|^(?:(?:from|through|via|by|a|an|another|other|met|"
        rf"knows?|i|some|your|one of your) )*(?:foster )?carers?\b|\bknow(?:s|n|ing)? (?:\w+ ){{0,3}}(?:who |that )?(?:foster\w*|"
        rf"carers?)\b|\bfoster (?:brothers?|sisters?|siblings)\b"
    ),
    "social_media": re.compile(
        r"\b(?:face ?book|fb|insta(?:gram)?|ig|tik ?tok|twitter|tweet\w*|you ?tube|snap ?chat|linked ?in|reddit|next ?door app|nextdoor|"
        r"whats ?app|social media|socials|threads|reels?|my feed|newsfeed|mumsnet|(?:a|your|some|sponsored) posts?|scrolling)\b"
    ),
    "search": re.compile(
        r"\b(?:goog\w*|search(?:ed|ing)?(?: engine| for)?|internet|on[- ]?line|web ?sites?|the (?:inter)?net|the web|web ?page|bing|"
        r"looked (?:it|you|this|fostering|into it) up|looked up|gov\.?uk|chat ?gpt)\b"
    ),
    "media": re.compile(
        r"\b(?:radio|telly|tv|television|news ?papers?|(?:local |evening |in the )paper|magazines?|posters?|leaflets?|flyers?|fliers?|"
        r"bus(?:es)?|bill ?boards?|banners?|mercury|bbc|itv|channel (?:4|four)|documentary|programme|the news|news ?letter|lamp ?posts?|"
        r"through the (?:door|letter ?box)|podcast|cinema|tram|train station)\b|\bbus ?stop\b|\b(?:bin lorry|roundabout)\b"
    ),
    "event": re.compile(
        r"\b(?:stalls?|stands?|fairs?|fayre|fete|pride|festival|carnival|mela|events?|information (?:evening|night)|info (?:evening|night)|"
        r"open (?:day|evening|night)|(?:football|rugby|cricket|the) match|church|mosque|temple|gurdwara|synagogue|market|super ?market|"
        r"tesco|asda|show ?ground|assembly|coffee morning|(?:a|your) talk|(?:county|town|flower|agricultural|village) show|"
        r"info(?:rmation)? session|gazebo|roadshow)\b"
    ),
    "friend": re.compile(rf"\b{SOMEONE}\b|\bword of mouth\b|\b(?:someone|somebody)\b"),
}
IN_CARE = re.compile(r"\bi was (?:in care|fostered|adopted|a foster (?:kid|child)|looked after)\b")
GIVES_WAY = frozenset(("friend", "search", "other"))  # "a friend shared it on Facebook", "Facebook, online"
PASSES = re.compile(
    r"^(?:no|nope|nah|no thank(?:s| you)|no comment|none|pass|skip|next|n/?a)$|\b(?:can'?t|cant|cannot|don'?t|dont|couldn'?t|"
    r"not) (?:\w+ )?(?:remember|recall|say|tell)\b|\bforg[eo]t\w*\b|\bskip\b|\bpass on (?:that|this)\b|\bno (?:memory|comment)\b|"
    r"\bslips? my mind\b"
)


def heard_from(question: Question, doc: Doc) -> Any:
    """Read how someone heard of the service: the first that is named. It is only counted, so nobody is held up by it."""
    text = trim_punctuation(opening(doc.text))
    if is_question(doc):
        return ASK_AGAIN
    text = (
        re.sub(r"\b(?:not|wasn'?t|rather than) (?:on |from |through |via |the |a )*\w+", " ", text)
        if " " in text
        else text
    )
    places = {value: match.start() for value, pattern in SOURCES.items() if (match := pattern.search(text))}
    if IN_CARE.search(text):
        return "other"
    if "foster_carer" in places and set(places) <= {"foster_carer", "friend"}:
        return "foster_carer"
    named = {value: place for value, place in places.items() if value not in GIVES_WAY} or places
    if named:
        return min(named, key=lambda value: named[value])
    if PASSES.search(trim_punctuation(doc.text)) or UNSURE.search(doc.text) or RATHER_NOT.search(doc.text):
        return "skip"
    return ASK_AGAIN if polarity(doc) is True and len(doc) <= 3 else None
