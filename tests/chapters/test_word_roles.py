"""Roles of the words of toy sentences."""

import pytest

from course_lib.chapters import WORD_ROLES, word_roles
from course_lib.data import ToyLanguage


def roles_of(text):
    return word_roles(text.split())


def test_a_relative_clause_has_one_role_and_its_verb_is_no_main_verb():
    assert roles_of("the saw that left the old cats rose slowly") == (
        ["subject"] * 2 + ["relative clause"] * 5 + ["verb of one", "how"]
    )


def test_two_subjects_are_many_and_the_word_between_them_is_a_subject_too():
    roles = roles_of("the girl and the boy looked for a left red lamp every morning")
    assert roles == ["subject"] * 5 + ["verb of many"] * 2 + ["object"] * 4 + ["when"] * 2


def test_a_place_in_an_object_is_a_place_and_and_between_clauses_is_a_link():
    assert roles_of("a cat chased one dog near the river") == (
        ["subject"] * 2 + ["verb of one"] + ["object"] * 2 + ["place"] * 3
    )
    assert roles_of("a cat slept gladly and two dogs never saw a boy") == (
        ["subject"] * 2
        + ["verb of one", "how", "link"]
        + ["subject"] * 2
        + ["how", "verb of many"]
        + ["object"] * 2
    )


def test_every_sentence_has_a_role_for_each_word_and_all_roles_occur():
    seen = set()
    for pair in ToyLanguage().sample(200, seed=2):
        roles = word_roles(pair.source)
        assert len(roles) == len(pair.source)
        seen |= set(roles)
    assert seen == set(WORD_ROLES)


def test_the_number_of_a_verb_agrees_with_the_translation():
    singular = {"zumek", "holek", "chirek", "sabek", "dorek", "winek", "fotek"}
    for pair in ToyLanguage().sample(300, seed=3):
        roles = word_roles(pair.source)
        for source, target in pair.alignment:
            word = pair.target[target]
            if word in singular and roles[source] != "relative clause":
                assert roles[source] == "verb of one"


def test_what_is_no_sentence_is_refused():
    with pytest.raises(ValueError, match="must be a sentence of the toy language. Received: 'cat the'"):
        word_roles(["cat", "the"])
