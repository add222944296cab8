"""Ids of derived items: they stay, whatever is joined, split off or new."""

from dragoman.case.numbering import Numbers


def test_what_was_split_off_keeps_its_new_number_when_others_come():
    first = Numbers()
    assert first.give("T", ["e1", "e2"]) == "T1"
    second = Numbers(first.known)
    assert [second.give("T", ["e1"]), second.give("T", ["e2"]), second.give("T", ["e3"])] == ["T1", "T2", "T3"]
    third = Numbers(second.known)
    assert [third.give("T", ["e1"]), third.give("T", ["e4"]), third.give("T", ["e2"]), third.give("T", ["e3"])] == ["T1", "T4", "T2", "T3"]


def test_what_was_joined_and_parts_again_has_its_old_number_back():
    first = Numbers()
    assert [first.give("T", ["e1"]), first.give("T", ["e2"])] == ["T1", "T2"]
    second = Numbers(first.known)
    assert second.give("T", ["e1", "e2"]) == "T1"
    third = Numbers(second.known)
    assert [third.give("T", ["e1"]), third.give("T", ["e2"])] == ["T1", "T2"]


def test_two_items_of_the_same_keys_keep_one_number_each():
    first = Numbers()
    assert [first.give("C", ["e1"]), first.give("C", ["e1"]), first.give("C", ["e2"])] == ["C1", "C2", "C3"]
    second = Numbers(first.known)
    assert [second.give("C", ["e3"]), second.give("C", ["e1"]), second.give("C", ["e1"])] == ["C4", "C1", "C2"]
