"""Answers to each question, as people type them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ValueOf = Callable[[str, str], Any]


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("we converted the loft last year", "bedroom", "yes"),
        ("not since 2019", "smoking", "no"),
        ("just me and the cat", "household", 1),
        ("LE3, near the Glenfield", "area", "LE3"),
        ("we're with the council in Oadby", "area", "in_area"),
        ("turning 21 in March", "age", "18_20"),
        ("my other half does", "smoking", "yes"),
        ("rather not say here", "offences", "prefer_to_talk"),
        ("semi, mortgage", "housing", "own"),
        ("my landlord's fine with it", "housing", "rent"),
        ("both of us drive", "driving", "yes"),
        ("passed my test in June", "driving", "yes"),
        ("not got round to learning", "driving", "no"),
        ("i want my granddaughter to live with us", "route", "look_after_child_i_know"),
        ("single mum, so on my own", "applying_with", "alone"),
        ("anything up to about ten", "ages", ["0-4", "5-10"]),
        ("only guinea pigs", "other_pets", "yes"),
        ("a python", "other_pets", "unusual_or_licensed"),
        ("someone who speaks gujarati please", "language", "yes_interpreter"),
        ("bsl interpreter please, i'm deaf", "language", "signs"),
        ("i lip read", "language", "signs"),
        ("my english is fine but my husband signs", "language", "signs"),
        ("no i don't sign, and no help needed", "language", "no"),
        ("no, my english is fine", "language", "no"),
        ("i'll tell the visitor", "health", "later"),
        ("we got turned down", "earlier_application", "yes_not_approved"),
        ("left our agency three months ago", "carer_now", "last_12_months"),
        ("maybe one day", "adoption_interest", "thinking"),
        ("we're moving in march", "changes", "yes"),
        ("only water pistols", "firearms", "no"),
        ("i mind two after school", "home_business", "childminding"),
    ],
)
def test_answers_are_read_as_people_give_them(value_of: ValueOf, text: str, question: str, value: Any) -> None:
    assert value_of(text, question) == value


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("not long term, respite more like", "care_type", "respite"),
        ("either short or long, we're easy", "care_type", "not_sure"),
        ("how do i complain?", "other_matter", "complaint"),
        ("my friend's son is living with me for six months", "other_matter", "private_fostering"),
        ("i'm 30, he's 22", "partner_age", "21_24"),
        ("he'll be 21 next month", "partner_age", "18_20"),
        ("no problem with them at all", "landlord", "agreed"),
        ("no and i'm worried they'll say no", "landlord", "worried"),
        ("they know but haven't come back to us", "landlord", "not_yet"),
        ("now rather than later", "the_rest", "now"),
        ("ask me later", "the_rest", "at_visit"),
        ("no", "personal", "prefer_to_talk"),
        ("no i'd prefer to do it here", "personal", "go_on"),
        ("siblings aged 4 and 6", "carer_child", "yes"),
        ("we're between placements", "carer_child", "no"),
        ("large print and somewhere quiet", "adjustments", ["large_print", "quiet"]),
        ("no stairs", "adjustments", ["access"]),
        ("my sister told me about it", "heard_from", "friend"),
        ("a mate shared a post on facebook", "heard_from", "social_media"),
        ("don't know", "heard_from", "skip"),
        ("can they call me?", "pass_on", "yes"),
    ],
)
def test_what_is_asked_around_the_main_questions_is_read(
    value_of: ValueOf, text: str, question: str, value: Any
) -> None:
    assert value_of(text, question) == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("yes", "landlord"),  # they may know and not agree
        ("same as me", "partner_age"),
        ("early twenties", "partner_age"),  # 20 or 21 is the difference
        ("3 years older than me", "partner_age"),
        ("yes but not my number", "pass_on"),
        ("yes but i don't want to answer all of them", "personal"),
        ("short term and maybe a parent and baby", "care_type"),
        ("i'd like to host a refugee child", "other_matter"),  # who came alone is fostered, a family is hosted
        ("i don't see well", "adjustments"),  # a need, but not what would help
    ],
)
def test_around_the_main_questions_nothing_is_guessed(value_of: ValueOf, text: str, question: str) -> None:
    assert value_of(text, question) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i want to complain, i'm worried about the children in that house", "child_safety"),
        ("not happy about how a child's being treated", "child_safety"),
        ("i'm 16 and want to see my file", "i_am_a_child"),
    ],
)
def test_what_sounds_like_a_childs_safety_comes_before_every_other_matter(
    value_of: ValueOf, text: str, value: str
) -> None:
    assert value_of(text, "other_matter") == value


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("I use a wheelchair and need large print", "event_needs", ["step_free", "large_print"]),
        ("no stairs please", "event_needs", ["step_free"]),
        ("my husband wears hearing aids", "event_needs", ["hearing_loop"]),
        ("I'm deaf and use BSL", "event_needs", ["interpreter"]),
        ("my mum doesn't speak much english", "event_needs", ["interpreter"]),
        ("we don't need large print, just a ramp", "event_needs", ["step_free"]),
        ("no", "event_needs", ["none"]),
        ("no thank you", "event_needs", ["none"]),
        ("we're fine thanks", "event_needs", ["none"]),
        ("nothing special", "event_needs", ["none"]),
        ("yes", "event_needs", None),
        ("what sort of thing?", "event_needs", None),
        ("polish", "event_language", "polish"),
        ("british sign language", "event_language", "british sign language"),
        ("what do you mean?", "event_language", None),
        ("!!!", "event_language", None),
        ("it is ev 7k3m2q I think", "booking_reference", "EV-7K3M2Q"),
        ("vi-7k3m2q", "booking_reference", "VI-7K3M2Q"),
        ("I lost it", "booking_reference", None),
        ("can you do tuesday evening?", "visit_slot", "can you do tuesday evening?"),
        ("have you got anything next week after 5?", "visit_slot", "have you got anything next week after 5?"),
        ("what happens on the day?", "visit_slot", None),
        ("is there parking?", "event", None),
        ("i can't come", "change_how", "give_back"),
        ("another day would be better", "change_how", "move"),
        ("keep it", "give_back_sure", "no"),
        ("yes cancel it", "give_back_sure", "yes"),
        ("yes please put me down", "event_wait", "yes"),
        ("what other dates are there", "event_wait", None),
    ],
)
def test_what_is_asked_about_bookings_is_read(value_of: ValueOf, text: str, question: str, value: Any) -> None:
    assert value_of(text, question) == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("yes", "dogs"),
        ("kind of", "smoking"),
        ("why do you need that?", "offences"),
        ("no but my son has", "offences"),
        ("nothing recent", "childrens_services"),
        ("I'm 12 and my mum is 40", "age"),
        ("is 65 too old?", "age"),
    ],
)
def test_what_could_mean_two_things_is_asked_again(value_of: ValueOf, text: str, question: str) -> None:
    assert value_of(text, question) is None


def test_the_age_bands_are_named_alike_by_the_buttons_and_by_the_reader(value_of: ValueOf) -> None:
    assert value_of("18 to 20", "age") == value_of("19", "age") == "18_20"
    assert value_of("21 to 24", "age") == value_of("22", "age") == "21_24"
