"""Answers about the person: who they would apply with, help with English, health, changes at home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import of_another, talks_instead
from bot.answers.yes_no import ASK_AGAIN, HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.preferences import RATHER_TALK
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

UNDECIDED = re.compile(
    r"\b(?:(?:not|n't|haven'?t|havent|hasn'?t|still|yet to) (?:\w+ )?(?:decid\w*|made (?:up )?(?:my|our)|sure|settled|agreed|"
    r"discussed|talked)|undecided|two minds|(?:not|n't) (?:\w+ )?(?:100 ?%|keen|on board|there) (?:yet|so far)|100 ?%|persuad\w*|"
    r"convinc\w*|jury'?s (?:still )?out|waver\w*|on the form|working on|talk(?:ing)? (?:to|it|with)|talk (?:\w+ ){1,2}(?:round|into)|"
    r"need to ask|(?:ask|check with) (?:him|her|my|the)|maybe|perhaps|possibly|might|we'?ll see|could be either|either|"
    r"on the fence|thinking about it|not keen yet|coming round|considering|unsure|dunno|don'?t know|dont know|no idea)\b"
)
A_PARTNER = re.compile(
    r"\b(?:husband|hubby|hubbie|wife|wifey|partner|boyfriend|girlfriend|bf|gf|fianc\w*|missus|misses|mrs|other half|oh|"
    r"better half|fella|bloke|spouse|him indoors|her indoors|lover|couple|civil partner\w*|married|"
    r"me (?:and|n|&|\+) (?:him|her)|(?:him|her) (?:and|n|&) me|both of us|the two of us|two of us|the pair of us|us both|we both|"
    r"us two|joint\w*|together|chap|man|old man)\b"
)
ANOTHER = re.compile(
    r"\b(?:mum|mam|mom|mother|dad|father|parents?|sisters?|brothers?|siblings?|friends?|mate|bestie|daughters?|sons?|aunt|auntie|"
    r"uncle|cousin|nan|gran|grandma|housemate|flatmate|lodger|niece|nephew|in[- ]?law|colleague)\b"
)
BY_ONESELF = re.compile(
    r"\b(?:on (?:my|me) (?:own|tod|jack|lonesome)|by (?:my|me)self|alone|solo|single\w*|(?:just|only|jus) (?:me|myself|moi|"
    r"the one|one of us|little me)|myself|unattached|widow\w*|divorced?|no (?:partner|husband|wife|one else)|"
    r"nobody else|unmarried|lone|one of me|independently)\b"
)
NOT_WITH = re.compile(
    r"\b(?:without|no|not with|ex|late)[- ]?(?: my| a| any)? (?:husband|wife|partner|boyfriend|girlfriend|hubby)\b|\bex\b|"
    r"\b(?:husband|wife|partner|boyfriend|girlfriend|hubby|other half|fella|he|she)\b[^,.]{0,14}\b(?:doesn'?t|doesnt|does not|"
    r"isn'?t|isnt|not|won'?t|wont|died|passed|left|wouldn'?t)\b(?: \w+){0,3}"
)

ANY_TWO = re.compile(r"together|(?:the )?(?:two|pair|both) of us|(?:we|us) both|us two")  # may be two sisters


def applying_with(question: Question, doc: Doc) -> Any:
    """Alone, with a partner or with somebody else."""
    text = re.sub(
        r"\b(?:i'?m a |as a |a )?(?:single|lone|solo) (?:mum|mam|mom|dad|mother|father|parent)\b", " single ", doc.text
    )
    if is_question(doc) or re.search(r"\basking for (?:a|my|someone)\b", text):
        return ASK_AGAIN
    if re.search(
        r"\bone (?:man|woman) (?:band|show)\b|\bwon'?t be (?:part of|on)\b.*|\b(?:he|she)'?s not part of\b", text
    ):
        return "alone"
    if (
        re.search(r"\bsure (?:about|if|whether)\b", text)
        or UNDECIDED.search(re.sub(r"\btogether\b", "", text))
        or UNSURE.search(text)
    ):
        return "not_sure"
    if re.search(r"\b(?:separat\w+|splitting|breaking up|depends)\b", text):
        return ASK_AGAIN
    apart = NOT_WITH.search(text)
    rest = NOT_WITH.sub(" ", text)
    partner, other = (
        A_PARTNER.search(rest),
        ANOTHER.search(
            re.sub(
                r"\b(?:kids?|children|my (?:son|daughter)s? (?:is|are)|"
                r"single)\b",
                " ",
                rest,
            )
        ),
    )
    alone = BY_ONESELF.search(text)
    if apart and not partner and not other:
        return "alone"
    with_someone = re.search(
        r"\b(?:me|i|myself) (?:and|n|&|\+|plus|with)\b|\bwith\b|\band (?:me|i|myself)\b|& (?:me|i)\b", rest
    )
    if partner and other and ANY_TWO.fullmatch(partner.group(0)):
        partner = None
    if partner and other:
        return "with_partner" if re.search(r"\bcouple\b|\bmarried\b", text) and "with my" not in text else ASK_AGAIN
    if alone and (not (partner or other) or not with_someone):
        return "alone"
    if other and (with_someone or re.search(r"\b(?:two|us|we|would|both)\b", rest)):
        return "with_other"
    if partner:
        return "with_partner"
    if other:
        return "with_other"
    if wavers(doc):
        return None
    return ASK_AGAIN if polarity(doc) is not None and not alone else ("alone" if alone else None)


TONGUES = (
    r"(?:gujarati|punjabi|panjabi|urdu|hindi|bengali|sylheti|tamil|telugu|malayalam|nepali|sinhala|polish|romanian|bulgarian|"
    r"lithuanian|latvian|slovak|czech|hungarian|russian|ukrainian|albanian|turkish|kurdish|"
    r"arabic|farsi|persian|dari|pashto|somali|swahili|tigrinya|amharic|yoruba|igbo|hausa|twi|shona|french|spanish|portuguese|"
    r"italian|german|greek|dutch|mandarin|cantonese|chinese|vietnamese|thai|tagalog|filipino|"
    r"korean|japanese|bsl|sign language|welsh|pidgin|krio|lingala|cantonese|marathi|konkani|creole)"
)
WANTS_HELP = re.compile(
    rf"\b(?:interpret\w*|interprit\w*|translat\w*|help (?:me )?with (?:my |the )?english|{TONGUES} (?:please|speaker|speaking|"
    rf"would|interpret\w*|is better)|(?:in|someone who speaks|speaks?|need|want) {TONGUES}|"
    rf"speak my language|my (?:own )?language|english (?:is )?(?:not|isn'?t|no(?! problem)|bad|poor|weak|small|little|limited|"
    rf"basic)|(?:not|"
    rf"no|little|bad|poor|don'?t) (?:\w+ ){{0,3}}english)\b"
)
ENGLISH_IS_FINE = re.compile(
    r"\b(?:fluent\w*|english (?:is )?(?:fine|good|ok|okay|great|perfect|excellent|native)|first language|only language|all i (?:know|"
    r"speak)|mother tongue|native|"
    r"born (?:and bred |and raised |and brought up )?(?:here|in (?:england|the uk|britain|leicester\w*))|"
    r"speak (?:it|english) (?:well|fine|ok|perfectly|fluently|good)|no need|not (?:needed|necessary|required)|(?:don'?t|dont|"
    r"do not|won'?t|wont) (?:need|want|require)|(?:i'?m|im|we'?re|i am|all|we are) (?:\w+ )?(?:ok|okay|fine|good|english)|"
    r"manage|understand (?:everything|you|english)|i'?m english|british(?! sign)|you'?re alright|raised here|schooled here)\b"
)


def language(question: Question, doc: Doc) -> Any:
    """Whether help with English is wanted. The level is never guessed from the spelling."""
    text = doc.text
    if RATHER_TALK.search(text) and not WANTS_HELP.search(text):
        return "prefer_to_talk"
    if is_question(doc) and not re.match(r"(?:can|could) (?:i|we|you) (?:have|get|please)", text):
        return ASK_AGAIN
    if UNSURE.search(text) or re.search(r"\b(?:sometimes|maybe|spelling|dyslexi\w*|test)\b", text):
        return ASK_AGAIN
    said, fine = polarity(doc), ENGLISH_IS_FINE.search(text)
    wants = WANTS_HELP.search(
        re.sub(
            r"\b(?:no|not|without|don'?t|dont|do not|never) (?:\w+ ){0,4}?(?:interpret\w*|translat\w*|"
            r"help(?: with (?:my )?english)?)\b|\bno problems? with (?:my )?english\b|\bnot bad\b",
            " ",
            text,
        )
    )
    if fine and wants:
        return (
            ASK_AGAIN
            if not re.search(r"\bbut\b.*\b(?:mum|mother|husband|wife|partner|dad|nan)\b", text)
            else "yes_interpreter"
        )
    if wants:
        lacks = re.match(r"(?:no|not|little) (?:\w+ ){0,2}english", text)
        return "yes_interpreter" if said is not False or lacks or HOWEVER.search(text) else ASK_AGAIN
    if fine and not re.search(r"\b(?:but|(?:husband|wife|partner|mum|he|she)(?:'?s)?)\b", text):
        return "no" if said is not True or re.search(r"\b(?:fluent|fine|english)\b", text) else ASK_AGAIN
    if re.fullmatch(rf"(?:yes|yeah|yep|maybe)?[ ,]*{TONGUES}[ .!]*", text):
        return "yes_interpreter"
    if wavers(doc):
        return None
    if said is True and not HOWEVER.search(text):
        return "yes_interpreter"
    return yes_or_no(question, doc)


AT_ANOTHER_TIME = re.compile(
    r"\b(?:later|another (?:time|day)|not (?:just |right )?now|not (?:just )?yet|not today|not at this (?:stage|point)|some other time|"
    r"when (?:we|i|someone|they|you|somebody)\b.*\b(?:meet|come|comes|visit|visits|see|speak)|at the (?:visit|meeting|event|interview)|"
    r"in person|face to face|further (?:down|along)|down the line|rather wait|can it wait|it can wait|come back to|skip|in time|"
    r"tell the (?:visitor|social worker|worker)|leave (?:it|that) (?:for now|til\w*)|hold off|next time)\b"
)
CONDITION = re.compile(
    r"\b(?:diabet\w*|asthma\w*|epilep\w*|depress\w*|anxi\w+|cancer|ms|arthritis|bad (?:back|knees?|hip|leg|heart)|heart|disab\w*|"
    r"deaf\w*|blind|wheelchair|adhd|autis\w*|aspergers|bipolar|fibro\w*|ptsd|stroke|blood pressure|medication|meds|"
    r"tablets|operation|surgery|crohn\w*|colitis|copd|lupus|parkinson\w*|mental health|breakdown|hearing aids?|my (?:back|knees?|"
    r"hip|legs?|heart|nerves|thyroid)|migraines|condition|illness|chronic|transplant|remission|my sight|mobility)\b"
)


def health(question: Question, doc: Doc) -> Any:
    """Whether someone would like to talk about health or a disability. What it is, is neither asked nor kept."""
    text, said = doc.text, polarity(doc)
    if of_another(text):
        return ASK_AGAIN
    if is_question(doc) and not re.match(
        r"(?:can|could) (?:i|we|it|you|someone|somebody) (?:\w+ )?(?:talk|speak|ring|call|do|"
        r"leave|wait|say|tell|please|do)",
        text,
    ):
        return ASK_AGAIN
    if AT_ANOTHER_TIME.search(text):
        return "later" if said is not True and not re.search(r"\bno(?:thing)?,? (?:but|except)\b", text) else ASK_AGAIN
    if RATHER_TALK.search(text) or re.search(
        r"\b(?:like|want|need) (?:to |a )?(?:talk|chat|mention|speak|word|ask|check)\b|"
        r"\bwant to (?:check|ask|mention)\b",
        text,
    ):
        return (
            "yes"
            if said is not False
            and not re.search(
                r"\b(?:don'?t|dont|not|no) (?:\w+ )?(?:need|want|like|"
                r"wish)\b",
                text,
            )
            else ("no" if said is False or NEGATED.search(text) else ASK_AGAIN)
        )
    if UNSURE.search(text) or (wavers(doc) and not CONDITION.search(text)):
        return ASK_AGAIN
    if re.match(r"(?:all |we'?re |i'?m |im )?(?:fine|ok|okay)\b|no (?:worries|problems?|bother|issues?)\b", text):
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if re.search(
        r"\b(?:fit as|fighting fit|right as rain|good as gold|tip top|never better|(?:fit|well) and (?:well|healthy)|"
        r"fit n healthy|perfect(?:ly)? (?:health\w*|well|fine)|in good (?:health|nick|shape)|healthy|good health|all (?:good|fine|"
        r"well)|touch wood)\b",
        text,
    ):
        unwell = CONDITION.search(text) or re.search(r"\b(?:not|un)\b ?healthy", text)
        return ASK_AGAIN if unwell or HOWEVER.search(text) else "no"
    if CONDITION.search(text):
        if said is False:
            return ASK_AGAIN if HOWEVER.search(text) else "no"
        settled = re.search(
            r"\b(?:but|under control|managed|doesn'?t (?:affect|stop|bother)|years ago|nothing (?:to|that))\b", text
        )
        return ASK_AGAIN if settled and said is None else "yes"
    return yes_or_no(question, doc)


HAPPENING = re.compile(
    r"\b(?:mov(?:e|ing)|house move|pregnan\w*|bab(?:y|ies)|due in|expecting|ivf|married|marriage|wedding|engaged|divorc\w*|"
    r"separat\w*|split\w*|break(?:ing)? up|died|dying|death|passed away|lost (?:my|our|his|her)|funeral|bereave\w*|griev\w*|"
    r"new job|chang(?:e|ing) (?:jobs?|career)|redundan\w*|retir\w*|extension|build(?:ing|ers)|renovat\w*|kitchen|surgery|"
    r"operation|treatment|chemo\w*|court|selling|sell|emigrat\w*|hospital|poorly|ill\b|illness|"
    r"leaving home|moving (?:in|out)|uni(?:versity)?|new (?:house|home|puppy|baby|partner|kitchen)|mum'?s coming|starting|"
    r"finish\w* (?:my|a) (?:degree|course)|quite a (?:bit|lot)|upheaval|a few things)\b"
)
CALM = re.compile(
    r"\b(?:settled|steady|stable|same (?:old|as)|quiet|calm|ticking along|as (?:usual|ever|normal)|"
    r"no (?:big )?(?:changes?|plans?|upheaval)|nothing|business as usual|plain sailing|all (?:good|sorted|done))\b"
)
OVER = re.compile(
    r"\b(?:done now|finished now|all (?:sorted|done|finished)|over now|behind us|last year|years ago|ages ago)\b"
)


def changes(question: Question, doc: Doc) -> Any:
    """Whether something big is changing. What it is, is neither asked nor kept."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if (
        is_question(doc)
        or UNSURE.search(text)
        or re.search(r"\b(?:maybe|might|possibly|perhaps|thinking (?:of|about)|depends)\b", text)
    ):
        return ASK_AGAIN
    if (
        re.search(r"\b(?:had|bought|got) (?:a |our )?new (?:kitchen|bathroom|car|sofa|telly)|\bsofa\b", text)
        and said is None
    ):
        return ASK_AGAIN
    if OVER.search(text) and HAPPENING.search(text):
        return ASK_AGAIN if said is not False else "no"
    if HAPPENING.search(text):
        if said is False or re.search(
            r"\b(?:not|never|no|isn'?t|aren'?t)\b(?: \w+){0,2} (?:moving|pregnant|selling|changing|"
            r"plans)\b",
            text,
        ):
            return "no" if not HOWEVER.search(text) else ASK_AGAIN
        return "yes"
    if CALM.search(text):
        return (
            "no"
            if not HOWEVER.search(text)
            and said is not True
            and not re.search(
                r"\b(?:not|isn'?t|un|until|once|"
                r"when)\b ?(?:\w+ )?(?:settled|stable|steady|quiet)",
                text,
            )
            else ASK_AGAIN
        )
    if wavers(doc):
        return None
    return yes_or_no(question, doc)
