"""Answers about the kind of fostering, about what is no enquiry to foster, and about how someone heard of the service."""

from __future__ import annotations

import re
from re import Pattern
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.readers.ages import ADULT_AT, YOUNGEST
from bot.answers.yes_no import ASK_AGAIN
from bot.text.normalise import trim_punctuation
from bot.text.numbers import N, number_in
from bot.text.polarity import UNSURE, opening, polarity
from bot.text.preferences import RATHER_NOT, RATHER_TALK
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

CARE_TYPES: dict[str, Pattern[str]] = {
    "parent_and_child": re.compile(
        r"\b(?:mothers?|mum|mums|mam|mom|dad|dads|fathers?|parents?|lass|girl|couple)(?: (?:and|&|n|with|plus|\+) | ?[&+/] ?)(?:(?:her|his|"
        r"their|a|the|small|little|new|young) )*(?:bab(?:y|ies)|child(?:ren)?|new ?borns?|toddlers?|bubs?|infants?|tots?|little ones?|"
        r"bairns?|kids?)\b|\b(?:teen\w*|young|new) (?:mums?|mothers?|parents?|dads?|fathers?)\b"
    ),
    "specialist": re.compile(
        r"\b(?:speciali\w+|therapeutic\w*|complex|challenging|trauma\w*|residential|step[- ]?down|remand|one ?(?:2|to) ?one|high needs|"
        r"(?:additional|special|extra) needs|enhanced)\b"
    ),
    "emergency": re.compile(
        r"\b(?:emergenc\w+|(?:at |with )?(?:short|no|a moment'?s|moments) notice|middle of the night|out of hours|same[- ]day|"
        r"last[- ]minute|drop everything|on call|urgent\w*|in a crisis|police (?:station|protection))\b"
    ),
    "respite": re.compile(
        r"\b(?:respite|weekends?|holiday cover|half terms?|(?:a |one |two )?nights? a month|give (?:\w+ ){0,3}carers? (?:a )?(?:break|rest|"
        r"breather|night off)|cover(?:ing)? for (?:other |another )?(?:foster )?carers?)\b"
    ),
    "short_term": re.compile(
        r"\b(?:short(?:er|ish)?[- ]?(?:terms?|ones?|stays?|placements?|stints?)|temporary|interim|bridging|(?<!every )(?:few|"
        r"couple of) (?:weeks|months)(?: or months)?|(?:weeks|months) (?:not|rather than) years|(?:until|till?) (?:they|he|she|mum|"
        r"the parents?) (?:can |is |are )?(?:(?:able to )?(?:go|gets?) (?:back|home)|well|better)|(?:until|till?|"
        r"while) (?:\w+ ){1,3}(?:gets? (?:back|sorted)|(?:find|sort)\w*|calms?)|go back (?:to|home)|stop[- ]gap)\b|^shorts?$"
    ),
    "long_term": re.compile(
        r"\b(?:long(?:er)?[- ]?(?:terms?|ones?|stays?|placements?|haul)|permanen\w+|for (?:good|ever|years|life|keeps)|forever|(?:until|"
        r"till?|to) (?:they'?re |they are |he'?s |she'?s )?(?:18|eighteen|21|adult\w*|grown|they grow up|independent|they leave home)|"
        r"years (?:not|rather than) months)\b|^long$"
    ),
}
NEEDS_A_TALK = ("parent_and_child", "specialist")  # beside another kind these are no "either will do"
LEFT_OUT = re.compile(
    r"\b(?:not|no|nothing|don'?t want(?: to do)?|dont want(?: to do)?|rather than|instead of|anything but|except|apart from|won'?t do|"
    r"wouldn'?t do)\b (?:(?:too|any|a|the|do|really|for) )*(?=[a-z])"
)
NO_NOTICE = re.compile(r"\bno notice\b")
ANY_KIND = re.compile(
    r"\b(?:any(?:thing|where)?(?: of (?:them|those|it)| kind| type| sort)|anything|whatever|whichever|either|all of (?:them|it)|all sorts|"
    r"don'?t mind|dont mind|not (?:fussed|bothered|fussy|decided|thought)|no (?:preference|particular)|open to|flexible|undecided|"
    r"haven'?t (?:\w+ )?(?:thought|decided)|havent (?:\w+ )?(?:thought|decided)|you (?:tell|decide|choose)|up to you|advi[cs]e|guid(?:ed|"
    r"ance)|not yet)\b"
)

NOTHING_IN_MIND = re.compile(
    r"^(?:no|nope|nah|none|nothing|any|not)(?:,? (?:no|not|yet|really|particularly|specifically|in particular|specific|special|in mind|"
    r"thanks|sorry|at the moment|as such|to be honest|tbh))*$"
)


def care_type(question: Question, doc: Doc) -> Any:
    """The kind of fostering someone has in mind. Several that start alike leave it open, which is an answer of its own."""
    text = doc.text
    if is_question(doc):
        return ASK_AGAIN
    found, left_out = _kinds(text)
    unsure = UNSURE.search(text) is not None or ANY_KIND.search(text) is not None
    if len(found) == 1 and not unsure:
        return found[0]
    if set(found) & set(NEEDS_A_TALK):
        return ASK_AGAIN
    if unsure or (len(found) > 1 and re.search(r"\b(?:or|and|both|&|n)\b|[/,+]", text)):
        return "not_sure"
    if found or left_out:
        return ASK_AGAIN
    if NOTHING_IN_MIND.match(trim_punctuation(opening(text))):
        return "not_sure"
    return ASK_AGAIN if polarity(doc) is True and len(doc) <= 3 else None


def _kinds(text: str) -> tuple[list[str], bool]:
    """The kinds that are named, and whether one was named only to be left out."""
    text = NO_NOTICE.sub("short notice", text)
    wanted, unwanted = [], False
    for value, pattern in CARE_TYPES.items():
        for match in pattern.finditer(text):
            before = LEFT_OUT.search(text[: match.start()] + "x")
            if before and before.end() >= match.start():
                unwanted = True
            elif value not in wanted:
                wanted.append(value)
    return wanted, unwanted


MINE = r"(?:my|our)(?: (?:own|little|eldest|youngest|baby|two|three|2|3))*"
OWN_CHILD = r"(?:kids?|child(?:ren)?|sons?|daughters?|bab(?:y|ies)|boys?|girls?|lads?|lass|little (?:one|ones|boy|girl)|bairns?|grand\w+)"
SOMEONES = (
    r"(?:friend|mate|pal|neighbour|colleague|parishioner)'?s? (?:\w+ ){0,2}(?:kids?|child(?:ren)?|sons?|daughters?|lads?|"
    r"girls?|boys?|bab(?:y|ies)|teenagers?)"
)
# In the order in which one counts before another: safety first, and a complaint about a placement is a complaint.
MATTERS: dict[str, Pattern[str]] = {
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
    """What it is about, where it is not about starting to foster. What sounds like a child's safety comes before all else."""
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


CARES = r"(?:foster(?:s|ed|ing)?|carers?)"
SOMEONE = (
    r"(?:friends?|mates?|pals?|mum|mam|dad|parents|sisters?|brothers?|cousins?|aunt\w*|uncle|nan|gran\w*|neighbours?|colleagues?|boss|"
    r"husband|wife|partner|hubby|son|daughter|family|relatives?|in ?laws?|co-?workers?|workmates?|lady|woman|bloke|man|guy|people)"
)
SOURCES: dict[str, Pattern[str]] = {
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
GIVES_WAY: frozenset[str] = frozenset(
    ("friend", "search", "other")
)  # "a friend shared it on Facebook", "Facebook, online"
PASSES = re.compile(
    r"^(?:no|nope|nah|no thank(?:s| you)|no comment|none|pass|skip|next|n/?a)$|\b(?:can'?t|cant|cannot|don'?t|dont|couldn'?t|"
    r"not) (?:\w+ )?(?:remember|recall|say|tell)\b|\bforg[eo]t\w*\b|\bskip\b|\bpass on (?:that|this)\b|\bno (?:memory|comment)\b|"
    r"\bslips? my mind\b"
)


def heard_from(question: Question, doc: Doc) -> Any:
    """How someone heard of the service: the first that is named. It is only counted, so nobody is held up by it."""
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
