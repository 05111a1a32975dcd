"""The last word about each statement of one subject."""

from publisher.register import row

A, B = '<a:s> <a:p> "A" .', '<a:s> <a:p> "B" .'


def test_the_newest_word_wins_whatever_came_first() -> None:
    """An older insert does not bring back what a newer delete took, and the other way round."""
    heard: row.Row = {}
    assert not row.put(heard, "2 x 0", A, "")
    assert not row.put(heard, "1 x 1", A, "")
    assert row.lines(heard) == []
    assert row.put(heard, "3 x 1", A, "")
    assert not row.put(heard, "2 x 0", A, "")
    assert row.lines(heard) == [A]


def test_a_dump_settles_what_is_older_and_leaves_what_is_newer() -> None:
    """What the dump does not say goes unless a later file says it; what a later file took back stays gone."""
    heard: row.Row = {}
    row.put(heard, "1 x 1", A, "")
    row.put(heard, "9 x 0", B, "")
    settled = row.settle(heard, [B], "5")
    assert row.lines(settled) == []
    assert not row.put(settled, "4 x 1", A, "5")
    assert row.lines(row.settle(heard, [A, B], "5")) == [A]


def test_a_row_is_read_as_it_was_written_and_a_difference_makes_the_other() -> None:
    """Writing and reading loses nothing; before and the difference give after."""
    before: row.Row = {}
    row.put(before, "1 x 1", A, "")
    after = row.settle(before, [B], "5")
    assert row.read(row.write(after)) == after
    again = row.read(row.write(before))
    row.follow(again, row.difference(before, after))
    assert again == after
    assert row.difference(after, after) == []


def test_the_form_that_holds_is_the_one_that_came_first() -> None:
    """Saying the same value in another form changes nothing; after it was taken back the new form holds."""
    other = '<a:s> <a:p> "A"^^<http://www.w3.org/2001/XMLSchema#string> .'
    heard: row.Row = {}
    row.put(heard, "1 x 1", A, "")
    assert not row.put(heard, "2 x 1", other, "")
    assert row.lines(heard) == [A]
