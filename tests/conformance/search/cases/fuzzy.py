"""Similar words are tried only when nothing has the words themselves, never between quotes."""

from tests.conformance.search.case import Case

CASES = [
    Case("kolibrie", "fu-staart"),
    # One letter other, less, more, or two that changed places.
    Case("kolibrje", "fu-staart", fuzzy=True),
    Case("kolbrie", "fu-staart", fuzzy=True),
    Case("kolibriee", "fu-staart", fuzzy=True),
    Case("koilbrie", "fu-staart", fuzzy=True),
    Case("olibrie", "fu-staart", fuzzy=True),
    # Two in a word of nine letters or more, not in a shorter one.
    Case("toverlantrn", "fu-lantaarn", fuzzy=True),
    Case("toverlentarn", "fu-lantaarn", fuzzy=True),
    Case("klibrje", ""),
    Case("kolyhrie", ""),
    Case("kolybrije", "fu-staart", fuzzy=True),
    Case("toverlntrn", ""),
    # Words of a text only from seven letters on, and one letter other.
    Case("klaveclmbel", "fu-orkest", fuzzy=True),
    Case("tamboir", "fu-orkest", fuzzy=True),
    Case("tambor", ""),
    Case("klavezjmbel", ""),
    # Never words of three letters, numbers, or stems.
    Case("gnou", "fu-gnoe", fuzzy=True),
    Case("eul", ""),
    Case("5551235", ""),
    Case("sprokkel", "fu-stam"),
    Case("sprikkel", ""),
    # Names of people and of bestuur and organ.
    Case("wijfels", "fu-naam", fuzzy=True),
    Case("hendrikja wijffels", "fu-naam", fuzzy=True),
    Case("kwikzilver buraeu", "fu-orgaan", fuzzy=True),
    # Never for what asks for the very word.
    Case('"kolibrje"', ""),
    Case("kolibrj*", ""),
    Case('"kolibrje" kwikzilver', ""),
    # One wrong word of several; words that are right stay as they are.
    Case("pluktuin noteloar", "fu-twee", fuzzy=True),
    Case("pluktiun noteloar", "fu-twee", fuzzy=True),
    Case("pluktuin kolibrje", ""),
    Case("kolibrje OF gnou", "fu-staart fu-gnoe", fuzzy=True),
    Case("kolibrje -staart", "fu-staart", fuzzy=True),
    Case("qxzvb", ""),
    Case("qxzvb wrtpl", ""),
    # What is there is not made looser, also when a filter leaves it no hit.
    Case("dwarrelkasteel", "fu-kasteel"),
    Case("kolibrje", "", "bestuur=genk"),
    Case("dwarrelkasteel", "", "bestuur=genk"),
]
