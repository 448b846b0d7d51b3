"""Answers to `other_matter`: what it is about, where it is not about starting to foster."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.ages import ADULT_AT, YOUNGEST
from bot.answers.question import ASK_AGAIN, Question
from bot.text.numbers import N, number_in
from bot.text.polarity import UNSURE, polarity
from bot.text.preferences import RATHER_TALK
from bot.text.questions import is_question

MINE = r"(?:my|our)(?: (?:own|little|eldest|youngest|baby|two|three|2|3))*"
OWN_CHILD = r"(?:kids?|child(?:ren)?|sons?|daughters?|bab(?:y|ies)|boys?|girls?|lads?|lass|little (?:one|ones|boy|girl)|bairns?|grand\w+)"
SOMEONES = (
    r"(?:friend|mate|pal|neighbour|colleague|parishioner)'?s? (?:\w+ ){0,2}(?:kids?|child(?:ren)?|sons?|daughters?|lads?|"
    r"girls?|boys?|bab(?:y|ies)|teenagers?)"
)
# In the order in which one counts before another: safety first, and a complaint about a placement is a complaint.
MATTERS: dict[str, re.Pattern[str]] = {
    "child_safety": re.compile(
        r"\b(?:worr(?:y|ied|ies)|concern(?:s|ed)?|scared|afraid|frightened)\b(?: \w+){0,3} (?:child(?:ren)?|kids?|bab(?:y|ies)|toddlers?|"
        r"boys?|girls?|lads?|little ones?|youngsters?|teenagers?|pupils?)\b|\bsafeguarding\b|\bchild protection\b|\bneglect\w*|"
        r"\b(?:child(?:ren)?|kids?|bab(?:y|ies)|boys?|girls?|lads?|little ones?|youngsters?)(?:'?s)?(?: \w+){0,3} (?:treated|hurt|hit|"
        r"beaten|left alone|left on (?:\w+ )?own|hungry|unsafe|not safe|in danger|at risk|looked after properly)\b|\b(?:child|kid|"
        r"baby) (?:abuse|at risk|in danger|(?:is|isn'?t) (?:not )?safe)\b|\breport (?:\w+ ){0,4}(?:child|kid|baby|neglect|abuse)\b"
    ),
    "i_am_a_child": re.compile(
        r"\b(?:i'?m|i am|im) (?:(?:only|just|still|nearly|almost|a|in) )*(?:kid|child(?!minder)|minor|teenager|school ?(?:kid|boy|girl)|"
        r"under (?:18|eighteen)|at school|year (?:7|8|9|10|11|seven|eight|nine|ten|eleven)|foster (?:kid|child))\b|\b(?:i'?m|i am|"
        r"im) (?:in (?:foster )?care(?! (?:work|home|sector|management))|looked after)\b"
    ),
    "early_permanence": re.compile(
        r"\bearly permanence\b|\bconcurren\w+|\bffa\b|\bfoster(?:ing)?\b(?:[ ,]+[\w']+){0,5}? adopt\w*|"
        r"\badopt\w*\b(?: \w+){0,4} foster\w* (?:first|us|with us|us first)\b|\bdual approv\w+"
    ),
    "complaint": re.compile(
        r"\bcomplain\w*|\bcompl[ai]*nts?\b|\bgrievance\b|\bombudsman\b|\b(?:unhappy|not happy|dissatisf\w+|disgust\w+|appalled|fed up|"
        r"not satisfied)\b(?: \w+){0,3} (?:with|about|by|at)\b|\btreated (?:\w+ ){0,3}(?:badly|unfairly|terribly|poorly)\b|\blet (?:us |"
        r"me )?down\b|\b(?:rude to|lied to|moan|ignored (?:me|us)|fobbed|(?:shocking|appalling|awful|terrible|poor|bad) (?:service|"
        r"treatment|experience)|held to account|messed (?:us|me) (?:about|around))\b|\bsocial worker (?:\w+ )?(?:lied|rude|never|didn'?t|"
        r"awful|useless|ignor\w+)"
    ),
    "staying_put": re.compile(
        r"\b(?:staying ?put|(?:18th|eighteenth) birthday|(?:nearly|almost|becom\w+) an adult|leaving care)\b|\b(?:he|she|they)(?:'s|"
        r"'re) (?:nearly |almost )?(?:18|eighteen)\b|\b(?:he|she|they|lad|girl|boy|son|daughter|child|kid|who)(?:'s|'ll| is|"
        r" will)?(?: \w+)? (?:turn(?:s|ing|ed)?|reach\w*|be|is) (?:18|eighteen)\b|\bstay(?:ing|s)?(?: \w+){0,4} (?:after|past|beyond|at|"
        r"once) (?:\w+ )?(?:18|eighteen)\b|\bfoster (?:\w+ )?(?:turn\w*|is|nearly|almost) (?:18|eighteen)\b|\bpost[- ](?:18|eighteen)\b"
    ),
    "data_request": re.compile(
        r"\bsubject access\b|\b(?:sars?|dsar|foi|gdpr)\b|\bfreedom of info\w*|\bdata protection\b|\b(?:my|own|his|her|mum'?s|"
        r"dad'?s)(?: \w+){0,2} (?:files?|records?|data|notes|paperwork)\b|\b(?:hold|held|keep|kept|have|got|stored?|know|written|"
        r"wrote) (?:\w+ )?(?:on|about) me\b|\b(?:personal (?:information|data)|my (?:details|name) off|care records?|(?:files?|records?|"
        r"papers) from when)\b"
    ),
    "birth_family": re.compile(
        rf"\b{MINE} {OWN_CHILD}(?:'?s)?(?: \w+){{0,3}}? (?:in(?:to)? (?:foster |local authority )?care|taken|removed|fostered|"
        rf"with foster)\b|\b(?:took|taken|have|has|got|removed) {MINE} {OWN_CHILD}(?: (?:off|from|away)|$)|\b(?:get|want|see|contact with|"
        rf"having) {MINE} {OWN_CHILD}(?: back| in care|$)|\b(?:mum|mother|dad|father|parent|nan|gran\w*) (?:of|"
        rf"to) (?:\w+ ){{0,3}}in (?:foster )?care\b|\bbirth (?:mum|mother|dad|father|parent|family)\b|\b(?:letterbox|supervised) contact\b|"
        rf"\b{MINE} {OWN_CHILD}'?s? (?:foster )?carers?\b|\b(?:lost|fighting for|arrange contact with) {MINE} {OWN_CHILD}\b"
    ),
    "private_fostering": re.compile(
        rf"\bprivate(?:ly)? fost\w*|\b(?:son|daughter|kid|lad|girl)'?s? (?:\w+ )?(?:mate|friend|boyfriend|"
        rf"girlfriend)\b(?: \w+){{0,3}} (?:liv\w+|stay\w*|with (?:me|us)|moved in|here)\b|\b(?:taken in|looking after|housing|"
        rf"putting up)\b(?: \w+){{0,3}} (?:mate|friend)\b|\bprivate arrangement\b|\b{SOMEONES}(?: \w+){{0,4}}? (?:liv\w+|stay\w*|"
        rf"with (?:me|us)|moved in|here)\b|\b(?:look(?:ing|ed)? after|minding|taken in|having|have|keeping)(?: \w+){{0,2}} (?:{SOMEONES}|"
        rf"(?:someone|somebody) else'?s (?:\w+ )?(?:child(?:ren)?|kids?|baby|boy|girl|son|daughter))\b|\b(?:exchange|overseas|foreign|"
        rf"international|language|boarding) (?:school )?(?:student|pupil)s?\b"
    ),
    "existing_carer": re.compile(
        r"\b(?:i'?m|i am|im|we'?re|we are|as|been)(?: (?:a|an|already|both|currently|existing|approved|one of))* foster (?:carers?|"
        r"parents?|mum|dad)\b|\b(?:my|our) (?:ssw|(?:supervising|link) (?:social )?worker|placement|fostering allowance|"
        r"foster (?:child(?:ren)?|kids?|lads?|son|daughter|boy|girl))\b|\b(?:i|we) (?:already |currently )?foster (?:for you|with you|"
        r"already|now|here)\b|\b(?:existing|current|approved) (?:foster )?carers?\b|\balready (?:one of your|a|your) (?:foster )?carers?\b|"
        r"\bsupervising (?:social )?worker\b|\bone of your (?:foster )?carers\b|\bbeen fostering (?:for|since)\b|^foster (?:carer|mum|"
        r"dad)\b|\b(?:child(?:ren)?|kids?|lad|girl|boy) (?:we|i) foster\b|\bplaced with (?:us|me)\b|\bcarers?'? (?:portal|helpline|"
        r"payments?)\b|\bdelegated authority\b"
    ),
    "press": re.compile(
        r"\b(?:journo|journalists?|reporters?|newspapers?|(?<!social )media|the press|press (?:office|enquiry|query|team)|magazine|"
        r"documentary|podcast|dissertation|thesis|ph\.?d|coursework|research(?:er|ing)?|essay|student|uni(?:versity)? (?:project|"
        r"assignment)|school project|councillor|mp|articles?|filming|freelance\w*|tv (?:show|programme|company)|interview (?:a|one of|"
        r"some))\b|^press$"
    ),
    "hosting": re.compile(
        r"\b(?:refugees?|asylum|ukrain\w*|ukran\w*|syrians?|afghans?|resettle\w*|homes (?:for|4) ukr\w*|hosting "
        r"scheme|fle(?:eing|d) (?:the |a )?(?:war|ukraine|violence)|war zones?)\b"
    ),
    "job": re.compile(
        r"\b(?:jobs?|vacanc\w+|employ(?:ed|ment|ee)|careers?|apprentice\w*|recruit(?:ment|ing)|hiring|cv|job application|work (?:for|"
        r"at) (?:the council|you|your)|(?:apply|applying) for (?:a|the) (?:\w+ )?(?:post|role|position)|become (?:a|"
        r"an) (?:\w+ )?social worker|social work(?:er)? (?:posts?|jobs?|roles?|vacanc\w+))\b"
    ),
    "other": re.compile(
        r"\bnone of (?:these|those|them|the above)\b|\bsomething (?:else|different)\b|\bnot on (?:the|that|your|this) list\b|\bdonat\w+|"
        r"\b(?:selling|i sell|supplier|sales)\b|\b(?:council tax|parking|bins?|blue badge|planning|libraries|potholes?)\b|\b(?:quote for|"
        r"room hire|general enquir\w+|school places?|housing (?:repairs?|list)|partnership|raffle|charity event|speaker)\b|^other$"
    ),
}
FIRST_OF_SEVERAL: frozenset[str] = frozenset(
    (
        "child_safety",
        "i_am_a_child",
        "early_permanence",
        "complaint",
        "staying_put",
        "data_request",
        "birth_family",
        "private_fostering",
    )
)
NOT_ABOUT = re.compile(
    r"\b(?:not|isn'?t|no|never)(?: \w+)? (?:a |an |about )?(?:complain\w*|complaint|job|journalist|student|"
    r"refugees?|press)\b"
)
MY_YEARS = re.compile(
    rf"\b(?:i'?m|i am|im)(?: (?:only|just|nearly|almost))* {N}\b(?! (?:of\b|weeks?|months?|years? (?:into|in|sober|"
    rf"late))|%)"
)
REFUGEE_CHILD = re.compile(
    r"\bunaccompanied\b|\buasc\b|\b(?:refugee|asylum[- ]seeking|ukrainian|syrian|afghan) (?:child|children|"
    r"kids?|teen\w*|"
    r"boys?|girls?|young (?:people|person)|orphans?)\b|\b(?:child|children|kids?|teen\w*|orphans?)\b.*\brefugees?\b"
)


def other_matter(question: Question, doc: Doc) -> Any:
    """Read what it is about, where it is not about starting to foster. What sounds like a child's safety comes before all else."""
    text = doc.text
    if MATTERS["child_safety"].search(text):
        return "child_safety"
    years = MY_YEARS.search(text)
    if years and YOUNGEST <= number_in(years.group(1)) < ADULT_AT:
        return "i_am_a_child"
    text = NOT_ABOUT.sub(" ", text)
    found = [value for value, pattern in MATTERS.items() if pattern.search(text)]
    if "hosting" in found and REFUGEE_CHILD.search(text):
        return ASK_AGAIN  # a child who came alone is fostered, a family is hosted
    if found and (len(found) == 1 or found[0] in FIRST_OF_SEVERAL):
        return found[0]
    if found or is_question(doc) or RATHER_TALK.search(text) or UNSURE.search(text):
        return ASK_AGAIN
    return ASK_AGAIN if polarity(doc) is not None and len(doc) <= 3 else None
