"""The words of a denial: what says that it was not meant that way, and what shows that it tells something all the same."""

from __future__ import annotations

import re

from bot.text.normalise import contract, normalise
from bot.text.questions import SENTENCE_END, is_question
from bot.text.reading import read

FEWEST_WORDS = 2
# What is said of a misunderstanding and of nothing else. At a question it goes before the answer; "no I haven't" does not.
SAYS_SO = re.compile(
    r"\bnot (?:at all )?what (?:i|we) (?:meant|mean|said|asked|was saying|was asking|wanted|wrote)\b"
    r"|\b(?:did ?n'?t|did not|do ?n'?t|do not|was ?n'?t|never) (?:mean|meant) (?:it|that|anything|any of)\b|\bnot meant (?:like )?that\b"
    r"|\bwrong end of (?:the|a) stick\b|\bmisunderst\w+|\byou(?:'ve| have)? (?:mis ?read|misheard)\b|\bfalse alarm\b|\bwires crossed\b"
    r"|\bfigure of speech\b"
    r"|\byou(?:'ve|ve| have)? (?:have )?(?:got|took|taken|read|heard)? ?(?:me |it |that |this )?(?:all |quite )?wrong\b"
    r"|\bi (?:only |just )?(?:meant|was (?:only |just )?(?:joking|kidding|on about|talking about))\b|\bwhat i meant\b"
    r"|\b(?:nobody|no ?-?one)(?:'s| is|s| has been| was| here is| in \w+ \w+ is)? (?:being |getting )?"
    r"(?:hurt\w*|harm\w*|abused|in (?:any )?danger|at risk|ill ?-?treat\w*|suicidal|missing)\b"
    r"|\b(?:i'm|we're|he's|she's|they're|it's|isn't|aren't) (?:really |honestly )?(?:not )?(?:in any|in|an?|at)? ?(?:danger|emergency)\b"
    r"|\bnot suicidal\b|\bautocorrect\w*|\bpredictive text\b"
    r"|\b(?:nobody|no ?-?one)(?:'s| is| has|s)? (?:ever )?(?:hit|hitting|hurting|harming|touching|beat\w*|hurt)"
    r" (?:any\w+|me|us|her|him|them)\b"
    r"|\b(?:that|it|this|he|she|they)(?: was|'s| is| were|'re) (?:just |only |all )?(?:at|about|for) (?:my )?(?:work|the job|my job)\b"
    r"|\bi (?:was ?n'?t|am not|'m not) (?:talking|telling you|asking|on) about (?:me|us|my|our|now)\b"
    r"|\bnothing(?:'s| is)? wrong here\b|\ball(?:'s| is)? well here\b"
    r"|\bi (?:only|just) (?:said|mentioned) (?:it|that)? ?(?:because|so|cos)\b"
)
# Said by itself it tells nothing more, however short it is.
_HARM = r"(?:hurt|harm|hit|abus|touch|threaten)\w*"
_ANYBODY = r"(?:any ?one|any ?body|a child|any child|any(?: of the)? (?:kids|children)|a soul|my (?:kids|children|child|son|daughter))"
_PLAIN = "|".join(
    (
        r"(?:i'm|we're|(?:we|they|the kids|the children|my kids|my children)(?: are|'re)|every(?:one|body)(?: is|'s|s)?|all)(?: all"
        r"| both| absolutely|"
        r" perfectly| really| quite| honestly| very| just| totally)* (?:fine|ok|okay|safe|al+ ?right|well|good|grand)(?: here| at home)?",
        rf"(?:i|we)(?:'ve| have|'d| would|'m| am)? ?(?:haven't|hadn't|didn't|don't|wouldn't|never|not)(?: ever"
        rf"| even)?(?: {_HARM} {_ANYBODY})?",
        rf"i'm not (?:(?:in|at) (?:any )?(?:danger|risk)|suicidal|a child|a kid|under 18|a danger to {_ANYBODY}|{_HARM} {_ANYBODY}"
        rf"|being {_HARM})",
        r"(?:nobody|no ?-?one|no child)(?: here)?(?: is|'s|s| was| has been| gets)?(?: being)? (?:hurt|harmed|hit|abused"
        r"|in (?:any )?danger|at risk|suicidal)(?: here)?",
        r"(?:it's|it is|its|that's|thats|there's|theres|this is) (?:not|no|nothing)(?: an?)? ?(?:like that|true|right|emergency|danger"
        r"|harm|abuse|wrong)",
        r"(?:that's|that is|thats|it's|its) (?:wrong|not (?:it|what i (?:meant|said|asked)))",
        r"you(?:'ve| have)? (?:got |took |taken )?(?:me |it |that |this )?(?:all )?(?:wrong|the wrong end of the stick"
        r"|misunderstood(?: me)?)",
        r"wrong end of the stick|false alarm|misunderstanding|(?:i )?did(?:n't| not) mean (?:it|that)(?: like that| that way)?",
        r"i'm (?:1[89]|[2-9]\d)(?: years old)?|i'm (?:an adult|a grown (?:man|woman|up)|not a child)",
        r"i (?:was|am) (?:only )?(?:joking|kidding)|it was (?:only )?a joke|(?:it's )?(?:just )?a figure of speech",
    )
)
_AROUND = (
    r"no+|nope|nah|oh(?: dear)?|sorry|honest(?:ly)?|really|thanks?(?: you)?|ta|love|mate|please|lol|haha+|hey|well|and|but|so|yes"
    r"|ok(?:ay)?|"
    r"don't worry|it's ok(?:ay)?|all good|i promise|for (?:asking|checking)"
)
PLAIN_DENIAL = re.compile(rf"(?:(?:{_AROUND})[\s,.!]+)*(?:{_PLAIN})(?:[\s,.!]+(?:{_PLAIN}|{_AROUND}))*[\s,.!]*")
LONGEST_PLAIN = 120  # characters
# Whoever is not certain takes nothing back: "maybe I misread it".
WONDERS = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|could have|what if)\b"
    r"|\bi (?:do ?n'?t|do not) (?:know|think)\b|\bnot (?:so |too |really |quite )?(?:sure|certain)\b"
)
# What shows that there is something after all. Where it stands, no denial ends a flag.
TELLS_SOMETHING = re.compile(
    r"\b(?:he|she|they|it|me|him|her) (?:is |was |does it |did it |'s )?(?:just|only|mostly)\b(?! (?:a|an|the|me|my|us|joking|kidding"
    r"|playing|being)\b)"
    r"|\bonly (?:the )?(?:once|twice|sometimes|when|if|does|did it|at night|a (?:bit|tap|bruise|shove|slap|push))\b"
    r"|\bjust (?:the once|gets? (?:angry|cross)|had to|likes to know|pushe[sd]|shove[sd]|a (?:tap|slap|bruise|shove)|tired of"
    r"|think about it)\b"
    r"|\b(?:i|we)(?:'ll| will| can| could|'m| am|'ve| have|'re) (?:always )?(?:manage|cope|handle|coping|managing|used to it)\w*"
    r"|(?:\b(?:not|no|nobody|noone|never)|n't)\b.{0,40}\b(?:yet|so far|today anyway|for now|much now|tonight|lately)\b"
    r"|\bfor now\b|\bmostly\b|\bprobably\b$"
    r"|\bas long as\b|\bexcept\b|\bwell,? (?:a )?bit\b|\bnot that bad\b|\bas bad as\b|\bdanger danger\b"
    r"|\b(?:forget (?:that )?i said|should ?n'?t (?:have|of) said|take it back|rub it out|wipe (?:it|that)|(?:do ?n'?t|ca ?n'?t"
    r"|not) tell any)\b"
    r"|\b(?:delete|remove) (?:it|that|this)\b|\bwrite it anywhere\b|\b(?:do ?n'?t|not) (?:ring|call|phone|tell) any\w+"
    r"|\b(?:he|she|they)(?:'ll| will|ll) (?:know|kill|find|go mad)\b|\bif (?:he|she|they) (?:sees?|finds?|knew|knows)\b"
    r"|\bchecks? my phone\b"
    r"|\b(?:said|says|saying) (?:she's |he's )?sorry\b|\bapologi[sz]ed\b|\bpromised\b|\bwo ?n'?t do it again\b|\bdo it again\b"
    r"|\btry it (?:again|twice)\b"
    r"|\b(?:bruise[sd]?|marks?|black eye|slapp?e?d?|smack\w*|belt|punche?[sd]?|shov(?:e|ed|es)|grabs?|grabbed|pushed|drunk|sober"
    r"|had a drink|"
    r"tablets|knives|cut(?:s|ting)|locks?|locked|hides?|follows me|jealous|controlling)\b"
    r"|\b(?:nearly|almost|not quite|soon be|be) (?:18|eighteen)\b|\b18 in\b|\bi'?m (?:an? )?(?:1[0-7]|[6-9])\b(?! years? (?:in|as|of))"
    r"|\byear (?:[7-9]|1[0-3])\b"
    r"|\bnot (?:me|us|mine|my kids?|my child\w*|in our house|here)\b.{0,12}\b(?:a|my|the|it's|its|next) (?:friend|mate|sister|brother"
    r"|cousin|neighbour|ones?|door)"
    r"|\b(?:asking )?for a friend\b|\bnext ?-?door'?s?\b|\bupstairs\b|\bthe police (?:know|came)\b|\bsocial (?:services"
    r"|workers?) (?:know|looked|already|came)\b"
    r"|\b(?:he|she|they)(?:'s| is|s|'re| are) (?:asleep|gone|out|away|at work|calmed)\b.{0,12}\b(?:now|till|until)\b|\basleep (?:now"
    r"|upstairs)\b"
    r"|\b(?:doesn'?t|don'?t|does not|do not) (?:usually|normally|always|really)\b|\bused to it\b|\bbetter off without me\b|\bwake up\b"
    r"|\b(?:although|though)\b.{0,60}\b(?:wonder|think about|thought about|sometimes|some (?:days|nights))\b|\bsome (?:days|nights) i\b"
    r"|\b(?:for years|every (?:night|weekend|time)|(?:a )?bad night|trust myself|my time|my sentence|nobody (?:would|will|else does)"
    r"|made myself sick)\b"
    r"|\b(?:says?|said|told me|telling me) (?:to|i'?ve got it)\b|\b(?:he|she) reads (?:these|this|my)\b|\bnot allowed to\b"
)


def says_so(text: str) -> bool:
    """Check whether a text speaks of a misunderstanding, so that it can't be meant as an answer to anything else."""
    return SAYS_SO.search(contract(normalise(text))) is not None


def tells_something(text: str) -> bool:
    """Check whether there are words in it by which a denial tells something itself."""
    return TELLS_SOMETHING.search(contract(normalise(text))) is not None


def is_plain(text: str) -> bool:
    """Check whether a text denies and says nothing else: "I'm fine", "no, I haven't", "you've got the wrong end of the stick"."""
    written = contract(normalise(text))
    return len(written) <= LONGEST_PLAIN and PLAIN_DENIAL.fullmatch(written) is not None


def wonders(text: str) -> bool:
    """Check whether somebody is not certain themselves."""
    return WONDERS.search(normalise(text)) is not None


def without_questions(text: str) -> str:
    """Take out the sentences that ask something beside a denial: "no one is in danger. can I rent?"; all of it where nothing is left."""
    kept = [part for part in SENTENCE_END.split(normalise(text)) if not is_question(read(part))]
    left = " ".join(kept)
    return left if len(left.split()) >= FEWEST_WORDS else normalise(text)
