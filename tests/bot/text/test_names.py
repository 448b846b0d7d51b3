"""Names of people as they type them, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.disclosures.rules import load_rulebook
from bot.text.listening import listened_to
from bot.text.names import LONGEST_NAME, any_name, name_in

ROOT = Path(__file__).parents[3]
NAMES_AS_TYPED = (
    "Mark Patel|Helen|Sue Foster|Dean Foster|Julie Foster|Foster|A Patel|A. Patel|Mr. Smith|Dr. Anita Rao|Mrs. A. B. Smith|J. Smith|Nada|"
    "Nada Hassan|N|Can Yilmaz|An Nguyen|Mohammed Abdul Rahman bin Ali|José María de la Cruz y García|李明|李伟|Иван Петров|Ray Drinkwater|"
    "Faith|Christian|Hope|Grace|May Foster|Will Young|Sir Ian|Ann and Bill|Chloe & Max|Mary-Jane O'Connor|Sammy Davis Jr.|Smith, John|"
    "Robert (Bob) Smith|अनिता राव|محمد علي|Nguyễn Văn An|Łukasz Żak|D'Arcy|He Jiankui|My Tran|So Yeon Park|Oh Jin-woo|山田太郎|"
    "ทักษิณ ชินวัตร|Kate Good|Guy Fawkes|Fatima bint Ahmed|J-P|Ng|Bo|Precious|Mercy|Hunter|DEBBIE|Grace Slaughter|X Æ|Zoë"
).split("|")
# Given names and surnames of forty cultures; any two of them make somebody's name.
GIVEN = (
    "Aoife Siân Hamish Oluwaseun Adaeze Kwame Nokuthula Tendai Amara Fatoumata Tesfaye Abdi Yusuf Zahra Mohammed Nour Farah "
    "Shirin Zehra Can "
    "Emre Arman Nino Giorgi Levon Olena Иван Ольга Łukasz Zuzana Jānis Eglė Ülle Päivi Søren Björk Håkon Ștefan Mihai Георги Dragan "
    "Špela Agim Ελένη José Inês Jean-Luc Giulia Jürgen Lieke Priya Harpreet Anita अनिता Rahim Nusrat Dilshan Thi Anh Somchai Siti Maria "
    "Hiroko Min-jun Xiaoming 伟 Kahu Sione Keahi Faith Christian Grace Will May Mark Hope Joy Ray Dean Sue"
).split()
SURNAMES = (
    "O'Brien Davies MacLeod Adeyemi Okafor Mensah Dlamini Moyo Nwosu Diallo Bekele Warsame Demir Hosseini Khan Hassan Haddad "
    "Ahmadi Kaya Yilmaz "
    "Öztürk Sargsyan Beridze Kapanadze Petrosyan Kovalenko Петров Иванова Żak Nováková Bērziņš Kazlauskas Tamm Virtanen Jørgensen "
    "Guðmundsdóttir Nilsen Popescu Ionescu Димитров Jovanović Kovač Hoxha Παπαδοπούλου García Silva Lefèvre Rossi Müller "
    "Jansen Patel Singh "
    "Rao राव Uddin Begum Perera Nguyen Tran Srisai Rahman Reyes Sato Kim Wang 李 Ngata Taufa Kealoha Foster Drinkwater Young "
    "King Bishop Smith "
    "Slaughter Burns Good Small Day Little"
).split()


@pytest.mark.parametrize("typed", NAMES_AS_TYPED)
def test_a_name_is_kept_as_it_was_typed_and_nothing_else_is_listened_to(typed: str) -> None:
    named = name_in(typed)
    assert named is not None
    assert (named.name, named.beside) == (typed, "")
    assert listened_to(typed, "contact_name") == ""


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(GIVEN), st.sampled_from(SURNAMES), st.sampled_from(("", "Dr. ", "Mrs ", "A. ")))
def test_any_two_names_are_a_name_and_raise_no_alarm(given_name: str, surname: str, title: str) -> None:
    typed = f"{title}{given_name} {surname}"
    named = name_in(typed)
    assert named is not None
    assert named.name == typed
    assert listened_to(typed, "contact_name") == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hiya its Dave X", "Dave X"),
        ("I'm Sam", "Sam"),
        ("mine's Sam", "Sam"),
        ("Mine is Sam", "Sam"),
        ("it's Siobhan O’Neill", "Siobhan O'Neill"),
        ("my names tom", "Tom"),
        ("call me Dave", "Dave"),
        ("you can call me Raj", "Raj"),
        ("my name is Mercy", "Mercy"),
        ("My name is Happy", "Happy"),
        ("no, it's Sam", "Sam"),
        ("sorry its Sara without an h", "Sara"),
        ("I'm Lauren, nice to meet you", "Lauren"),
        ("Anna-Marie here", "Anna-Marie"),
        ("Sam is my name", "Sam"),
        ("priya", "Priya"),
        ("ludwig van beethoven", "Ludwig van Beethoven"),
        ("Sam 😊", "Sam"),
        ("dave xx", "Dave"),
        ("Sam?", "Sam"),
        ("Oh, it's Jin", "Jin"),
    ],
)
def test_greetings_and_what_leads_up_to_a_name_are_left_out(typed: str, name: str) -> None:
    named = name_in(typed)
    assert named is not None
    assert named.name == name


@pytest.mark.parametrize(
    "typed",
    (
        "he hits me|Go on|Fair enough|Alright|yes|ok|no|none|I'd rather not|prefer not to say|skip|12345|stop|hello|money|"
        "Dogs|help|suicidal|"
        "im 14|i'm scared|Dad hurts|He hits|My Dad|child abuse|rape|my name is not important|my name is being abused|"
        "call me after 6|ring me|"
        "can you help|Come to an event|Talk to a person|Je ne parle pas anglais|Nie mówię po angielsku|no hablo ingles|"
        "помогите|救命|a lady|"
        "I'm a nurse|why do you need my name?|what|test|I'm not sure|the team|hmm|sounds good|i'm sixteen"
    ).split("|"),
)
def test_a_sentence_is_no_name_and_is_listened_to(typed: str) -> None:
    assert name_in(typed) is None
    assert listened_to(typed, "contact_name") == typed


def test_no_example_of_a_disclosure_passes_for_a_name() -> None:
    rulebook = load_rulebook(ROOT / "data" / "safeguarding.yml")
    heard = [text for texts in rulebook.examples.values() for text in texts]
    assert [text for text in heard if not listened_to(text, "contact_name")] == []
    assert [text for text in heard if not listened_to(text, "event_language")] == []
    assert [text for text in heard if not listened_to(text, "area")] == []
    assert [text for text in heard if not listened_to(text, "visit_slot")] == []


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Helen Wilson and he hits me", "and he hits me"),
        ("Sam, he hits me", "Sam, he hits me"),
        ("i'm ten and my dad shouts", "i'm ten and my dad shouts"),
        ("Mark Patel, 07700 900123", ""),
    ],
)
def test_what_stands_beside_a_name_is_listened_to(typed: str, heard: str) -> None:
    assert listened_to(typed, "contact_name") == heard


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nearly_any_text_will_do_for_a_name_in_the_end(typed: str) -> None:
    found = any_name(typed)
    assert len(found) <= LONGEST_NAME
    assert not found or any(sign.isalpha() for sign in found)


@pytest.mark.parametrize("typed", ["Sue Driver", "Tom Nurse", "Joe Pool", "Minnie Early"])
def test_a_surname_may_be_an_ordinary_word(typed: str) -> None:
    assert name_in(typed) is not None
    assert name_in(typed.lower()) is None
