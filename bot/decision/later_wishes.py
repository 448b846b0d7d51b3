"""Words of wishes that look back or ahead: "I'm back, where were we", "delete my stuff if I change my mind", "have you kept it"."""

from __future__ import annotations

BACK = r"(?:i'?m|im|i am|we'?re|we are) (?:back(?: again| now| here)*|here again)"
WHERE = (
    r"where (?:were|was|are) (?:we|i)(?: (?:up to|at|now))?|where did (?:we|i|you) (?:get to|got to|get up to|leave off|left off|stop)|"
    r"where (?:we|i) (?:were|was|left off|got to)|what (?:was|were) (?:the|your|that) (?:last )?question|"
    r"(?:pick|carry) (?:it )?(?:up|on) (?:from )?where (?:we|i) (?:left off|were|was)"
)
TAKES_UP = (rf"{BACK}(?: (?:so |and )?(?:{WHERE}))?", WHERE)

MINE = (
    r"(?:(?:all |any of )?(?:my|the) (?:stuff|details|answers|data|things|info|information|messages|chat)|everything|it|that|all of it|"
    r"this chat|this|what i(?:'?ve| have)? (?:wrote|written|said|put|typed|told you)(?: (?:on|in) here| here| down)*)"
)
IF_LATER = (
    r"(?:if|when|in case) (?:i|we)(?:'d| ever| do| should)* (?:change (?:my|our) minds?|want(?:ed)?(?: to| you to| it to)?|"
    r"decide(?:d)? not to|don'?t want to|pull out|go off (?:it|the idea)|need(?:ed)? to)"
    r"(?: (?:go on|carry on|do it|foster|later on|later))*"
)
RID = r"(?:got rid of|gone|deleted|erased|wiped|removed|taken off|off)"
# If they should want it one day: how that is done (actions/wishes.py).
FORGOTTEN_LATER = (
    rf"(?:delete|erase|wipe|remove|clear|get rid of|take (?:off|down)) {MINE},? {IF_LATER}",
    rf"(?:(?:i mean|what|and|but) )*{IF_LATER} {MINE} (?:to be |be )?{RID}(?: (?:of )?here)?",
    rf"{IF_LATER},? (?:can|could|will|would) (?:i|you|it) (?:get |have |be )?(?:deleted?|erase|wipe|get rid of|remove)(?: {MINE})?"
    r"(?: (?:deleted|removed))?",
)
DONE = r"(?:deleted?|kept?|keep|forgotten|forget|wiped?|saved?|gone|erased?|removed?|got rid of)"
IS_IT_KEPT = (
    rf"(?:have|has|did|do|are|is|was|were)(?: (?:you|u|it|they))?(?: {MINE})?(?: (?:been|still|all|just|already|really|got))* {DONE}"
    rf"(?: {MINE})?(?: or (?:have (?:you|u) )?(?:not|deleted?|kept?|keep|is it (?:still there|gone)|still got|wiped?|saved?)(?: {MINE})?)?",
    rf"(?:have|do) (?:you|u) still (?:got|have) {MINE}(?: or (?:not|deleted(?: it)?))?",
    rf"(?:is|are) {MINE} (?:still )?(?:there|deleted|gone|kept|saved)(?: or (?:not|deleted|gone|kept))?",
)
