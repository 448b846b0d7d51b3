"""Wishes about the conversation itself, in plain words that mean nothing else: go back, how many are left, leave this out.

They are short, and an answer, a name or a question about fostering may sound alike to what was learned. So what is said in these words
is known by rule, whatever is being asked; what is said in other words is left to the classifier.
"""

from __future__ import annotations

import re

from bot.decision.later_wishes import FORGOTTEN_LATER, IS_IT_KEPT, TAKES_UP

MOST_WORDS, MOST_CHARACTERS = 16, 160
LEADS = re.compile(
    r"^(?:(?:oh|oops|ah|ok|okay|right|well|so|um+|er+m*|hmm+|hi|hiya|hello|hey|sorry|actually|wait|hang on|hold on|no|yes|yeah|"
    r"please|pls|"
    r"thanks|thank you|and|but|just|now|also|quick question|before (?:i|we) (?:go on|carry on|answer)|is it possible to|"
    r"would it be possible to|(?:is there|have you got|do you have) (?:a|any) way (?:to|i can|we can)|"
    r"(?:can|could|may|might|shall|should|would|will) (?:i|we|you)(?: please| just)*(?: help me(?: to)?)?|how (?:do|can) (?:i|we)|"
    r"(?:i|we)(?:'d| would)? (?:want|need|like|love|prefer)(?: you)? to|(?:i|we)(?:'d| would) rather|(?:i|we) wanna|(?:i|we) want|"
    r"(?:i'm|we're|i am|we are) going to|let's|lets|let me|let us|(?:do you mind if|is it ok if|is it okay if|mind if) (?:i|we))"
    r"(?![\w'])[\s,.!:-]*)+"
)
ENDS = re.compile(
    r"(?:[\s,.!?]+(?:please|pls|plz|thanks|thank you|ta|cheers|for now|now|then|x+|if (?:that's|it's|thats|its) (?:ok|okay|alright|"
    r"all right|"
    r"possible)|if (?:i|we) (?:can|may)|if possible|for (?:me|us)|at all|or (?:not|what|something)|is that ok(?:ay)?|ok|okay|"
    r"instead|today|mate|love|duck|sorry))*[\s.!?]*$"
)
ONE = r"(?:question|questions|one|ones|bit|bits|part|thing|step|page|screen|answer)"
LAST = rf"(?:the |my |that )?(?:(?:previous|last|earlier|preceding|other) {ONE}|{ONE} before(?: (?:this|that|it|last))?|one before that)"
THESE = (
    rf"(?:(?:this|that|these|those|the|any|some|all)(?: of)?(?: (?:this|that|these|those|the))?(?: (?:next|other|smaller|small|personal|"
    rf"private|remaining|rest of the))? {ONE}|this|that|it|these|those|them|all (?:this|that|these|of (?:it|this|them|these))|"
    rf"the rest(?: of (?:it|them|these|this|the questions))?)"
)
LATER = (
    r"(?:later(?: on)?|another (?:time|day)|some other time|afterwards|at the end|when (?:you|someone|somebody) (?:visits?|comes?|rings?|"
    r"calls?)|at the visit|in person|tomorrow)"
)
ALL = (
    r"(?:everything|it all|all (?:of )?(?:it|that|this|them)|the (?:whole )?lot|the whole thing|(?:all )?(?:of )?(?:my|"
    r"our) (?:(?:personal )?"
    r"(?:data|details|information|info|answers|messages|chat|history|stuff|record|records))|all (?:the )?(?:data|details|information|"
    r"info|answers|messages)|(?:this|the|that|our) (?:whole )?(?:chat|conversation|convo)|what (?:i|we)(?:'ve| have)? (?:\w+ ){0,2}(?:"
    r"told|said|typed|written|wrote|put|given|gave|entered)(?: (?:you|here|in|so far|down))*|any(?:thing)?(?: of it)?)"
)
TOLD = (
    r"(?: (?:that )?(?:i|we|you)(?:'ve| have)?(?: just| all)? (?:told|said|typed|written|wrote|put|given|gave|entered|got|kept|have|"
    r"hold|know|saved|stored)(?: (?:you|me|us|here|in|so far|down|to|on|about|for))*)?(?: (?:about|on|of) (?:me|us))?"
    r"(?: (?:off|from) (?:your|the) (?:system|records?|books|files|list|computer|database))?"
)
SO_FAR = r"(?: (?:so far|already|up to now|until now|till now|at the moment|right now|earlier|before|yet))*"
QUESTIONS = r"(?: (?:questions?|qs|of (?:these|them)|of these questions|things|steps|bits|ones))?"
LEFT = (
    r"(?:left|to go|remain(?:ing)?|still to (?:come|go|do|answer)|to (?:come|do|answer)|"
    r"before (?:i'm|we're|it's|i am) (?:done|finished))"
)

WISHES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (wish, re.compile("|".join(f"(?:{said})" for said in several)))
    for wish, several in (
        (
            "start_again",
            (
                r"(?:start|begin|go|do|try)(?: (?:it|this|that|the (?:questions|chat|form|whole thing)|everything|them))?(?: all)?"
                r" (?:over(?: again)?|afresh|anew|from scratch|from (?:the )?(?:very )?(?:start|beginning|top|square one))(?: again)?",
                r"(?:start|begin)(?: (?:it|this|that|the (?:questions|chat|form|whole thing)|everything|them))?(?: all)?(?: over)? again"
                r"(?: from (?:the )?(?:very )?(?:start|beginning|top|scratch))?",
                r"(?:restart|reset)(?: (?:it|this|that|the (?:questions|chat|form)|everything|my answers|from the (?:start|beginning)))*",
                r"(?:back|go back|take me back|return) to (?:the )?(?:very )?(?:start|beginning|first question)",
                r"(?:from|back to) (?:the )?(?:top|start|beginning|square one)(?: again)?",
                r"(?:clear|scrap|bin|reset|wipe|undo|forget|delete)(?: (?:it|that|this|all that|all this|them|all|everything|my answers|"
                r"the answers|what i(?:'ve| have)? (?:said|put)))* and (?:start|begin) (?:again|over|afresh)(?: from the (?:start|"
                r"beginning))?",
                r"(?:clear|reset) (?:all )?(?:of )?(?:my|the|our) answers",
                r"(?:got|did|answered) (?:it|that|this|them) all wrong (?:start|begin) again",
            ),
        ),
        (
            "forget_me",
            (
                rf"(?:delete|erase|wipe|remove|clear|get rid of|bin|scrub|destroy|forget|rub out|throw away|take (?:away|down|off))"
                rf" {ALL}{TOLD}(?: and forget(?: about)? (?:me|it)| anywhere| everywhere)?",
                rf"(?:delete|erase|wipe|forget|remove) (?:all )?(?:about )?(?:me|it all){TOLD}",
                r"(?:(?:have|want|get) )?(?:everything|it all|all (?:of )?(?:it|this|that)|my (?:data|details|answers|information|chat)) "
                r"(?:deleted|erased|wiped|removed|forgotten)",
                r"delete (?:it|this|that|pls|please)?",
                r"forget (?:this chat|i (?:said|ever said) anything|i was (?:ever )?here)",
                *FORGOTTEN_LATER,
            ),
        ),
        (
            "go_back",
            (
                rf"(?:go|going|get|move|take me|step|jump|turn)(?: it)? back(?: (?:a|one|1|up))?(?: (?:step|{ONE}|bit|few))?"
                rf"(?: (?:to|and (?:see|answer|redo|change|do|fix)) (?:{LAST}|the one))?(?: again)?",
                rf"(?:back|one back|back (?:a|one) (?:step|{ONE})|back to {LAST}|{LAST}|previous)(?: again)?",
                rf"(?:return|go) to {LAST}(?: again)?",
                rf"(?:redo|repeat|undo|answer|see|have|do|change|fix|correct|take back) {LAST}(?: again| over)?",
                rf"(?:ask|show) (?:me )?{LAST} again",
                r"undo(?: (?:that|it|this|my (?:last )?answer))?",
                r"(?:i )?(?:pressed|tapped|hit|clicked|chose|picked) the wrong (?:one|button|thing|answer)(?:,? (?:go back|back))?",
            ),
        ),
        (
            "how_many_left",
            (
                rf"how (?:many|much)(?=.* (?:more|questions?|qs|left|to go|remain\w*|still)\b)(?: more|"
                rf" other)?{QUESTIONS}(?: more)?(?: (?:are|is|have|do|does|will|would))?(?: (?:there|they|it|we|i|you"
                rf"|got|have|be))*(?: (?:still|more|in total|altogether|all together|in all|all in all))*(?: {LEFT})*(?: (?:still|"
                rf"more|now"
                r"|in total|altogether|have|got))*",
                r"how many(?: more)? (?:questions|qs)(?: are there| is it| do you (?:have|ask)| to go| (?:will|do) you ask(?: me)?|"
                r" (?:have|do)"
                r" i (?:got|have)(?: to (?:do|answer))?| left)*(?: to answer)?",
                r"how much longer(?: (?:is|will|does) (?:this|it|that)(?: (?:take|be|go on|going to (?:take|be)))?)?",
                r"how (?:long|much time) (?:is|have we got|have i got|do i have|till|until|before)(?: (?:there|it|this|i|we|is|it's|"
                r"i'm|the))*"
                r"(?: (?:left|end|done|finished|over))+",
                r"how long (?:will|do|are) (?:these|the|all these|your) questions(?: (?:take|going to take|last))*",
                r"(?:are|is) (?:we|it|this|that|i|there)(?: (?:nearly|almost|close to))+ (?:done|there|finished|over|the end)(?: yet)?",
                r"(?:am i|nearly|almost|are we) (?:nearly |almost )?(?:done|finished|there)(?: yet)?",
                rf"(?:is|are) there (?:much|a lot|many|lots|any|loads)(?: (?:more|questions|of (?:these|them)))*(?: {LEFT})?",
                r"(?:what|which) (?:question|number|one) (?:am i|are we) (?:on|at)",
                r"how far (?:am i|are we|have i (?:got|come)|along|through)(?: (?:along|through|in|am i|are we|now|with (?:this|it)))*",
                rf"(?:what's|whats|what is)(?: (?:still|there))? {LEFT}",
                r"(?:many|much) (?:more|left)(?: to go)?",
            ),
        ),
        (
            "start_screening",
            TAKES_UP,
        ),
        (
            "what_is_kept",
            (
                *IS_IT_KEPT,
                rf"what(?:'ve| have|'s| has)?(?: (?:answers|details|info|information|facts))?(?: (?:have|do|did|has))? (?:you|"
                rf"u)(?:'ve)? (?:got|have|"
                rf"written|put|noted|kept|saved|stored|recorded|taken|know|understood|gathered)(?: (?:down|on|for|about|of|from|as|"
                rf"me|us|my|our|"
                rf"answers?|file|record|there))*{SO_FAR}",
                rf"(?:show|tell|give|send|read|list|repeat|see|view|check|look at|have a look at|go (?:over|through)|remind me of|"
                rf"review|recap)"
                rf"(?: me| us)?(?: back)?(?: (?:a )?(?:list|summary|copy) of)? (?:(?:all )?(?:of )?(?:my|our|the) answers|what (?:i|"
                rf"we)(?:'ve| have)?"
                rf" (?:told|said|put|answered|given|typed|written)(?: (?:you|down|in))*|what (?:you|u)(?:'ve| have)? (?:got|have|"
                rf"written|put|noted"
                rf"|kept|saved|stored)(?: (?:down|on|for|about|me|us))*|it|that|them){SO_FAR}(?: back)?(?: to me)?(?: again)?",
                rf"what (?:did|have) (?:i|we) (?:say|said|tell|told|put|answer|answered|give|given)(?: (?:you|down|for|about|to|"
                rf"that|it))*{SO_FAR}",
                rf"(?:my|our) answers{SO_FAR}",
                r"(?:a )?(?:summary|recap)(?: of (?:my|the) answers)?(?: so far)?",
                rf"what (?:you|u)(?:'ve| have)? (?:got|have|know)(?: down)? (?:for|on|about) (?:me|us){SO_FAR}",
                rf"what (?:do|have) (?:you|u) (?:know|have|got)(?: (?:down|on|about|for))+ (?:me|us){SO_FAR}",
            ),
        ),
        (
            "leave_out",
            (
                rf"(?:skip|miss(?: out)?|leave(?: out)?|pass(?: on)?|jump|avoid|bypass)(?: {THESE})?(?: (?:out|blank|empty|for now|"
                rf"over|and move on|"
                rf"for {LATER}|until {LATER}|till {LATER}|{LATER}|to the end|(?:and |or )?(?:do|answer) {THESE} {LATER}))*",
                rf"(?:do|answer|finish|fill in|talk about|come back to|get back to|go through|tell you|leave)(?: {THESE})? {LATER}",
                rf"(?:skip|leave) {THESE}(?:,? (?:and|i'll|we'll|ill|or)? ?(?:do|answer|come back to|tell you)(?: {THESE})? {LATER})",
                rf"come back to {THESE}(?: {LATER})?",
                rf"(?:i'd|i would|we'd|we would|i'll|we'll)? ?(?:rather )?not (?:answer|do) {THESE}(?: (?:now|yet|{LATER}))?",
                rf"(?:i |we )?(?:don't|dont|do not) (?:want|wish|like|care) to (?:answer|do) {THESE}(?: (?:now|yet|online|here))?",
                r"(?:next|next question|move on|go on to the next(?: one)?|can't (?:i|we) (?:just )?skip (?:this|it|these))",
                rf"(?:do|must|have) (?:i|we)(?: (?:have|got))? (?:to )?(?:answer|do) (?:{THESE}|them all|all (?:of )?(?:them|"
                rf"these))(?: now)?",
                r"leave it (?:as it is|as it was|like it is)",
            ),
        ),
    )
)


# "Please look at it again" asks a person to: the decision, not the list.
ANOTHER_LOOK = re.compile(
    r"\b(?:look|looked|check|checked|see|seen) (?:at )?(?:it|that|this) (?:again|once more|over)\b"
)


def plain_wish(text: str) -> str | None:
    """Find the wish that a normalised text says in plain words, and nothing beside it; the name of its intent, or None."""
    if len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS:
        return None
    bare = ENDS.sub("", re.sub(r"\s*[/,;]\s*", " ", text)).strip()
    if ANOTHER_LOOK.search(text):
        return None
    for said in (bare, LEADS.sub("", bare).strip()):
        for wish, pattern in WISHES:
            if said and pattern.fullmatch(said):
                return wish
    return None
