# ruff: noqa: ARG005, TRY301 -- a wall that is taken away takes what the wall took
"""Every wall of the gate is needed and is seen: taken away, the canaries come out and the suite notices.

The canaries of `tests.support.leak_world` go through the gate as a register and as a page; what is public is searched
for them. With all walls up nothing comes out; each test that takes one wall away must find something.
"""

import dataclasses
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belfort import log, rdf, rijksregister
from belfort.jobs import Context
from belfort.records import issue
from belfort.records.database import write
from belfort.records.origin import Kind, Origin
from belfort.settings import Settings
from belfort.vocab import ADMS, FOAF, PERSOON, PERSOON_HTTPS, SCHEMA, SKOS, XSD
from harvester.reading import Reader
from publisher import gate, gate_pages, gate_register
from shapes import policy
from tests.support import leak_world, site_data
from tests.support.leak import Canaries, number

Patch = pytest.MonkeyPatch


class Inputs(NamedTuple):
    """What goes in: the canaries, the register's triples and the page's."""

    canaries: Canaries
    register: list[rdf.Triple]
    page: list[rdf.Triple]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """A register and a page with canaries; the page is read once, by the real reader."""
    canaries = Canaries()
    register = [*leak_world.public_register(), *leak_world.private_register(canaries)]
    page = leak_world.private_page("Fietspad in de Kerkstraat", canaries)
    reader = Reader(Settings(data=tmp_path_factory.mktemp("walls")))
    try:
        read = reader.read(page, "https://dorp.example/1", "text/html", judge="short")
    finally:
        reader.close()
    return Inputs(canaries, register, list(rdf.parse_lines("\n".join(read.lines))))


def _public(triples: list[rdf.Triple], kind: Kind) -> bytes:
    told = gate.gate(triples, Origin(1, f"https://dorp.example/{kind}", kind, "dorp", None, ""))
    said = "\n".join(line for lines in told.lines.values() for line in lines)
    return f"{said}\n{gate.issues(told.held)}".encode()


def _leaks(inputs: Inputs) -> list[str]:
    return [
        leak
        for kind, triples in (("register", inputs.register), ("page", inputs.page))
        for leak in inputs.canaries.leaks(kind, _public(triples, kind))  # type: ignore[arg-type]
    ]


def test_nothing_comes_out_and_the_public_does(inputs: Inputs) -> None:
    """More than 200 canaries, none comes out, by statement or by issue; what is public is all there."""
    assert len(inputs.canaries.planted) > 250
    assert _leaks(inputs) == []

    said = _public(inputs.register, "register").decode()
    for word in leak_world.PUBLIC:
        assert word in said, word
    lines = set(said.split("\n"))
    assert set(_public(leak_world.public_register(), "register").decode().split("\n")[:-1]) <= lines
    assert "Fietspad in de Kerkstraat" in _public(inputs.page, "page").decode()
    assert "Publiekmans" in _public(inputs.page, "page").decode()


def test_the_canaries_went_in(inputs: Inputs) -> None:
    """The test above means something: nearly all are in the triples that the gate was given; the rest no RDFa says."""
    given_to_it = "\n".join(map(" ".join, [*inputs.register, *inputs.page])).encode()
    seen = [one for one in inputs.canaries.planted if any(needle in given_to_it for needle in one.needles)]
    assert len(seen) > 0.9 * len(inputs.canaries.planted)


def _without_names(patch: Patch) -> None:
    real = gate._mask
    patch.setattr(gate, "_mask", lambda row, held: real(row, held) if row.endswith('" .') else row)


def _all_statements(patch: Patch) -> None:
    real = gate_register.RegisterGate.keep
    patch.setattr(
        gate_register.RegisterGate, "keep", lambda self, s, statements: statements if real(self, s, statements) else []
    )


def _unknown_classes(patch: Patch) -> None:
    real = gate_register.RegisterGate.keep

    def keep(self: Any, subject: str, statements: Any) -> Any:
        return real(self, subject, statements) if self._rules_of(subject) else statements

    patch.setattr(gate_register.RegisterGate, "keep", keep)


def _all_rules(patch: Patch) -> None:
    def rules_of(self: Any, subject: str) -> Any:
        names = [o[1:-1] for p, o in self._subjects.get(subject, ()) if p == rdf.TYPE]
        return [self._policy.by_class[name] for name in names if name in self._policy.by_class]

    patch.setattr(gate_register.RegisterGate, "_rules_of", rules_of)


def _page_rules(**changes: Any) -> Callable[[Patch], None]:
    def patch_rules(patch: Patch) -> None:
        changed = dataclasses.replace(policy.pages(), **changes)
        gate_pages._is_private_word.cache_clear()
        patch.setattr(policy, "pages", lambda: changed)

    return patch_rules


def _everybody_in_a_role(patch: Patch) -> None:
    real = gate_pages.PageGate.__init__

    def init(self: Any, subjects: Any, held: Any) -> None:
        real(self, subjects, held)
        self._in_role |= set(subjects)

    patch.setattr(gate_pages.PageGate, "__init__", init)


def _pages_by_default(patch: Patch) -> None:
    real = gate_pages.PageGate.keep
    patch.setattr(gate_pages.PageGate, "keep", lambda self, s, rows: real(self, s, rows) or self._all_but_private(rows))


def _one_spelling(patch: Patch) -> None:
    both = policy.pages().private
    _page_rules(private=frozenset(iri for iri in both if not iri.startswith("https://")), private_words=())(patch)


def _set(target: Any, name: str, value: Any) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(target, name, value)


WALLS: dict[str, Callable[[Patch], None]] = {
    "the detector": _set(rijksregister, "contains", lambda text: False),
    "the look at the whole": _set(gate, "_may_hold_number", lambda allowed: False),
    "unfolding": _set(rijksregister, "_unfold", lambda text: text),
    "digits of other scripts": _set(rijksregister, "_fold", lambda text: text),
    "codes inside codes": _set(rijksregister, "_ROUNDS", 1),
    "base64 and hexadecimal": _set(rijksregister, "_is_encoded", lambda text, may_be_hex: False),
    "numbers as a value": _set(rijksregister, "is_bare_number", lambda text: False),
    "names, datatypes, language tags": _without_names,
    "predicates of a class": _all_statements,
    "unknown and missing classes": _unknown_classes,
    "a person is judged as a person": _all_rules,
    "somebody public points at it": _set(gate_register.RegisterGate, "_is_pointed_at", lambda *_: True),
    "drafts and unknown kinds": _set(gate_register.RegisterGate, "_other_value", lambda *_: ""),
    "what belongs to a person": _set(gate_register.RegisterGate, "_is_of_another", lambda *_: False),
    "kinds of values": _set(gate_register, "fits", lambda term, kind: True),
    "of a person the name": _set(gate_pages.PageGate, "_only", lambda self, statements, predicates: statements),
    "a person in a role": _everybody_in_a_role,
    "pages deny by default": _pages_by_default,
    "private predicates of pages": _page_rules(private=frozenset()),
    "private words of pages": _page_rules(private_words=()),
    "http and https": _one_spelling,
}


@pytest.fixture
def forgetful() -> Iterator[None]:
    """What is remembered about words of predicates is forgotten after a test that changed them."""
    gate_pages._is_private_word.cache_clear()
    yield
    gate_pages._is_private_word.cache_clear()


@pytest.mark.parametrize("take_away", WALLS.values(), ids=WALLS)
def test_each_wall_is_needed_and_its_fall_is_seen(
    inputs: Inputs, monkeypatch: Patch, forgetful: None, take_away: Callable[[Patch], None]
) -> None:
    """With one wall gone and the others standing, canaries come out and are found."""
    take_away(monkeypatch)

    assert _leaks(inputs) != []


_SUBJECTS = [site_data.PERSOON_IRI, site_data.RAADSLID, "https://x.example/id/iemand", "https://x.example/id/p1"]
_PREDICATES = [
    PERSOON.heeftGeboorte, PERSOON_HTTPS.datum, PERSOON.geslacht, ADMS.identifier, SKOS.notation, SCHEMA.email,
    FOAF.birthday, SKOS.changeNote, "https://x.example/onbekend",
]  # fmt: skip
_values = st.one_of(
    st.text(max_size=20).map(rdf.literal),
    st.dates().map(lambda day: rdf.literal(str(day), XSD.date)),
    st.integers(1, 900).map(lambda place: rdf.literal(number(place))),
    st.sampled_from(["https://x.example/id/p1", "https://x.example/id/i1"]).map(rdf.iri),
)
_private = st.tuples(st.sampled_from(_SUBJECTS).map(rdf.iri), st.sampled_from(_PREDICATES).map(rdf.iri), _values)


@given(st.lists(_private, max_size=12), st.randoms(use_true_random=False))
def test_private_statements_change_no_byte(private: list[rdf.Triple], dice: Any) -> None:
    """Whatever private is added, in whatever order, the public lines are the same: this needs no list of canaries."""
    mixed = [*leak_world.public_register(), *private]
    dice.shuffle(mixed)
    speaker = Origin(1, "https://register.example/sync", "register", "register", None, "")

    assert gate.gate(mixed, speaker).lines == gate.gate(leak_world.public_register(), speaker).lines


def test_the_log_says_no_number(settings: Settings, monkeypatch: Patch) -> None:
    """Numbers are scrubbed from texts, integers, lists and exceptions; without the scrubber they are seen."""
    canaries = Canaries()

    def write_log() -> bytes:
        out = io.StringIO()
        monkeypatch.setattr("sys.stderr", out)
        log.configure(Settings(data=settings.data, log_format="json", log_level="info"))
        logger = log.get_logger("test")
        logger.info(f"read {canaries.number('event', 'dotted')}", url=f"https://x.example/{canaries.number('url')}",
                    rows=[canaries.number("list")], number=int(canaries.number("integer")))  # fmt: skip
        try:
            raise ValueError(canaries.number("exception", "apart"))
        except ValueError:
            logger.exception("failed")
        return out.getvalue().encode()

    try:
        told = write_log()
        assert json.loads(told.splitlines()[0])["event"].startswith("read [")
        assert canaries.leaks("log", told) == []
        monkeypatch.setattr(log, "_scrub", lambda logger, name, event: event)
        assert len(canaries.leaks("log", write_log())) == 5
    finally:
        monkeypatch.undo()
        log.configure(settings)


def test_an_issue_says_no_number(context: Context, monkeypatch: Patch) -> None:
    """A file name or a quoted text with a number is kept without it; without that wall it is seen."""
    canaries = Canaries()

    def keep() -> bytes:
        name = canaries.number("file name", "in a name")
        found = issue.Issue("file-malformed", f"{name}: geen JSON", place=name, fix=f"Hernoem {name}.")
        with write(context.engine) as connection:
            issue.replace(connection, f"https://x.example/{canaries.number('origin')}", "feed", [found])
            return repr(connection.execute(issue.issue.select()).all()).encode()

    assert canaries.leaks("issue", keep()) == []
    monkeypatch.setattr(rijksregister, "mask", lambda text: text)
    assert canaries.leaks("issue", keep()) != []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = [", "broken.toml: "),
        ("owning = []", "`rule` is missing"),
        ("rule = []\nowning = []\nextra = 1", "`extra` means nothing here"),
        ('owning = []\n[[rule]]\nclasses = ["nope:X"]\nsource = "x"\npredicates = {}', "rule 1 (nope:X)"),
        ('owning = []\n[[rule]]\nclasses = ["person:Person"]\npredicates = {}', "`source` is missing"),
        ('owning = []\n[[rule]]\nclasses = ["person:Person"]\nsource = "x"\n[rule.predicates]\n"foaf:name" = "tekst"',
         "'tekst' is no kind"),
        ('owning = []\n' + '[[rule]]\nclasses = ["person:Person"]\nsource = "x"\npredicates = {}\n' * 2,
         "another rule has the class"),
        ('owning = []\n[[rule]]\nclasses = ["locn:Address"]\nsource = "x"\npredicates = {}\n'
         'only_with = [["locn:address", "schema:ContactPoint"]]', "which has no rule"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_read_is_an_error_with_its_place(text: str, says: str) -> None:
    """One clear line: which file, which rule, what; nothing is published by half a policy."""
    from belfort.errors import SettingsError

    with pytest.raises(SettingsError) as caught:
        policy.parse_register(text, "broken.toml")

    assert says in caught.value.detail
    assert "broken.toml" in caught.value.detail


def test_the_policy_for_pages_is_read_as_strictly() -> None:
    """A section that is missing is named."""
    from belfort.errors import SettingsError

    text = Path(policy.__file__).with_name("pages.toml").read_text("utf-8")
    with pytest.raises(SettingsError, match=r"p\.toml: `organ` is missing"):
        policy.parse_pages(text.replace("[organ]", "[organ_]").replace("[organ_]", "[claims.organ]"), "p.toml")
    with pytest.raises(SettingsError, match="no known prefix"):
        policy.parse_pages(text.replace("besluit:Zitting", "nergens:Zitting"), "p.toml")
