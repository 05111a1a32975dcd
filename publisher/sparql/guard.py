"""Judges the text of a query before any engine sees it: pure, on tokens alone, and closed when in doubt.

Enters: the query as text or bytes. Leaves: `Checked`. The engine crashes on deep nesting and plans in cubic time, so
size, depth and chains are bounded here (measured: reliability §4.1); what is left to go wrong, the deadline and the
memory watch of the worker stop. The engine matches keywords without word boundaries (`SERVICEex:x {` and
`trueSERVICEex:x {` both run as SERVICE) and does not decode `\\u` escapes outside strings and IRIs as the standard
asks, so names are searched for `service` and an escaped text must pass in both readings.
Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from belfort.errors import Refused, UsageError

Kind = Literal["select", "ask", "construct", "describe"]

MAX_BYTES = 16_384
MAX_TOKENS = 4_000
MAX_DEPTH = 50
MAX_PATTERNS = 100
# How often a token may stand in one query: each nests the plan or is a step to plan.
MAX_TIMES: dict[str, int] = {
    "!": 64, "||": 256, "&&": 256, "+": 256, "-": 256, "*": 256, "/": 100, "|": 100, "^": 100,
    "UNION": 64, "OPTIONAL": 16, "MINUS": 32, "EXISTS": 32, "GRAPH": 16, "FILTER": 128, "BIND": 128, "AS": 256,
    "SELECT": 32,
}  # fmt: skip
# Operators that a comparison could hide between its `<` and `>`, where this lexer sees an IRI.
MAX_HIDDEN = 20

_FORMS = {kind.upper(): kind for kind in get_args(Kind)}
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_SIMPLER = "Maak de vraag eenvoudiger, of download de volledige gegevens."


class MalformedQuery(UsageError):
    """The text is not a SPARQL query."""

    slug, title = "malformed-query", "Geen geldige SPARQL-vraag"


@dataclass(frozen=True)
class Checked:
    """A query that may run: its text, its form, and whether it names graphs (FROM, GRAPH)."""

    text: str
    kind: Kind
    graphs: bool


class _Token(NamedTuple):
    kind: str
    text: str


_ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\[\s\S]))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\[\s\S]))*'''
        | "(?!"")(?:[^"\\\r\n]|\\.)*" | '(?!'')(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPED})*>)
    | (?P<var>[?$][\w\u00b7]+)
    | (?P<bnode>_:\w(?:\.*[\w\-\u00b7])*)
    | (?P<name>(?:[^\W\d_](?:\.{{0,3}}[\w\-\u00b7]){{0,64}})?:(?:\.*(?:[\w\-:%\u00b7]|\\[_~.\-!$&'()*+,;=/?\#@%]))*)
    | (?P<word>[^\W\d][\w\-]*)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<sign>\|\||&&|\^\^|!=|<=|>=|[{{}}()\[\].;,|/^?*+\-!=<>])
    """,
    re.VERBOSE,
)
_OPERAND = frozenset({"var", "string", "number", "iri", "name", "bnode", "language"})
_CLOSES = {"}": "{", ")": "(", "]": "["}
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check(query: str | bytes) -> Checked:
    """Judge a query.

    Raises:
        MalformedQuery: it is not UTF-8, or not SPARQL as far as tokens and brackets show.
        Refused: it is too large, too deep, an update, more than one query, or asks another server.
    """
    text = _decoded(query)
    checked = _Judge(text).judge(text)
    if "\\u" in text or "\\U" in text:
        # The standard decodes these before anything else, this engine only inside strings and IRIs.
        again = _Judge(_UNICODE.sub(_character, text)).judge(text)
        if again != checked:
            raise MalformedQuery(
                "De vraag betekent iets anders met en zonder \\u-codes.", hint="Schrijf de tekens zelf."
            )
    return checked


def _decoded(query: str | bytes) -> str:
    if len(query) > MAX_BYTES:
        raise _too_long()
    try:
        raw = query if isinstance(query, bytes) else query.encode()
        text = raw.decode()
    except UnicodeError:
        raise MalformedQuery("De vraag is geen geldige UTF-8.", hint="Verstuur de vraag als UTF-8.") from None
    if len(raw) > MAX_BYTES:
        raise _too_long()
    return text.removeprefix("\ufeff")


def _too_long() -> Refused:
    return Refused(f"De vraag is langer dan {MAX_BYTES // 1024} kB.", hint=_SIMPLER)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise MalformedQuery(f"De vraag bevat een onmogelijke tekencode: {match[0]}.", hint="Schrijf het teken zelf.")
    return chr(code)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            line = text.count("\n", 0, position) + 1
            if text[position] in "\"'":
                raise MalformedQuery(f"De tekst die op regel {line} begint, heeft geen einde.", hint="Sluit de quotes.")
            raise MalformedQuery(f"Regel {line} bevat een teken dat daar niet kan.", hint="Controleer de SPARQL.")
        position = match.end()
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match[0]))
            if len(found) > MAX_TOKENS:
                raise Refused(f"De vraag heeft meer dan {MAX_TOKENS} woorden en tekens.", hint=_SIMPLER)
    return found


class _Judge:
    """One walk over the tokens, with a stack of the brackets that are open.

    An open bracket is `{`, `(` or `[`, or one of the special kinds `template` (of CONSTRUCT), `data` (of VALUES) and
    `list` (parentheses where triples stand: a collection or a path).
    """

    def __init__(self, text: str) -> None:
        self._all = _tokens(text)
        self._open: list[str] = []
        self._times: Counter[str] = Counter()
        self._patterns = 0
        self._values = False
        self._graphs = False

    def judge(self, text: str) -> Checked:
        start = self._prologue()
        form = _FORMS.get(self._word(start))
        for position in range(start, len(self._all)):
            self._step(position, first=position == start)
        if self._open:
            raise MalformedQuery("Niet alle haakjes zijn gesloten.", hint="Controleer de haakjes.")
        if form is None:
            raise MalformedQuery(
                "De vraag begint niet met SELECT, ASK, CONSTRUCT of DESCRIBE.",
                hint="Zet PREFIX-regels vooraan en een spatie na elk sleutelwoord.",
            )
        return Checked(text, form, self._graphs)

    def _word(self, position: int) -> str:
        """The keyword at that position in capitals, or an empty string."""
        if 0 <= position < len(self._all) and self._all[position].kind == "word":
            return self._all[position].text.upper()
        return ""

    def _prologue(self) -> int:
        """The position of the first token after the BASE and PREFIX lines."""
        position = 0
        while (word := self._word(position)) in ("BASE", "PREFIX"):
            position += 2 if word == "BASE" else 3
        return position

    def _step(self, position: int, *, first: bool) -> None:
        token = self._all[position]
        before = self._all[position - 1] if position else _Token("", "")
        if token.kind == "word":
            self._keyword(position, first)
        elif token.kind in ("name", "bnode"):
            self._service(position)
        elif token.kind == "iri":
            self._hidden(token.text, before)
        elif token.kind == "sign":
            self._sign(token.text, before)
        if token.kind in _OPERAND and self._open and self._open[-1] == "list":
            self._add_patterns(2)
        if token.kind not in ("var", "word") and token.text not in "()":
            self._values = False

    def _keyword(self, position: int, first: bool) -> None:
        word = self._word(position)
        if "SERVICE" in word:
            raise _service()
        if word in _UPDATES:
            raise Refused(
                f"{word} kan hier niet: deze dienst leest alleen.", hint="Gebruik SELECT, ASK, CONSTRUCT of DESCRIBE."
            )
        if word in _FORMS and not first and (word != "SELECT" or not self._open):
            raise Refused("Er staat meer dan één vraag.", hint="Stel elke vraag apart.")
        self._graphs = self._graphs or word in ("FROM", "GRAPH")
        self._values = word == "VALUES"
        for name in ("OPTIONAL", "UNION", "MINUS", "EXISTS", "GRAPH", "FILTER", "BIND"):
            if word.endswith(name):
                self._count(name)
                return
        self._count(word)

    def _service(self, position: int) -> None:
        """Refuse a name that the engine may read as SERVICE glued to what stands before or after it."""
        if "service" not in self._all[position].text.lower() or self._word(position - 1) == "GRAPH":
            return
        following = [token.text for token in self._all[position + 1 : position + 3]]
        if "{" in following[:1] or (following[1:] == ["{"] and following[0] not in ".;,"):
            raise _service()

    def _hidden(self, text: str, before: _Token) -> None:
        """Bound what `?a<…>?b` may hide if the engine reads two comparisons where an IRI seems to stand."""
        inside_expression = self._open and self._open[-1] in ("(", "list")
        operand = before.kind in _OPERAND or before.kind == "word" or before.text in (")", "]")
        if not inside_expression or not operand or re.match(r"<[A-Za-z][\w+.\-]*://", text):
            return
        depth = 0
        for sign in text:
            depth += (sign == "(") - (sign == ")")
            if depth < 0:
                break
        if depth or sum(text.count(sign) for sign in "!&+*/-=") > MAX_HIDDEN:
            raise Refused("De vraag bevat een onduidelijke vergelijking.", hint="Zet spaties rond < en >.")

    def _sign(self, sign: str, before: _Token) -> None:
        self._count(sign)
        inside = self._open[-1] if self._open else ""
        if sign in ("{", "(", "["):
            self._enter(sign, before, inside)
        elif sign in _CLOSES:
            opened = self._open.pop() if self._open else ""
            if {"template": "{", "data": "{", "list": "("}.get(opened, opened) != _CLOSES[sign]:
                raise MalformedQuery("De haakjes kloppen niet.", hint="Controleer de haakjes.")
        elif sign in (".", ";", ",") and inside in ("{", "["):
            self._add_patterns(1)

    def _enter(self, sign: str, before: _Token, inside: str) -> None:
        kind = sign
        if sign == "{" and before.text.upper() == "CONSTRUCT":
            kind = "template"
        elif sign == "{" and self._values:
            kind = "data"
        elif sign == "(" and inside in ("{", "[", "list"):
            among_triples = before.kind in _OPERAND or before.kind == "sign" or before.text == "a"
            kind = "list" if among_triples else "("
        if kind in ("{", "["):
            self._add_patterns(1)
        self._open.append(kind)
        if len(self._open) > MAX_DEPTH:
            raise Refused(f"De vraag heeft meer dan {MAX_DEPTH} haakjes in elkaar.", hint=_SIMPLER)

    def _count(self, name: str) -> None:
        self._times[name] += 1
        if self._times[name] > MAX_TIMES.get(name, MAX_TOKENS):
            raise Refused(f"{name} staat meer dan {MAX_TIMES[name]} keer in de vraag.", hint=_SIMPLER)

    def _add_patterns(self, count: int) -> None:
        self._patterns += count
        if self._patterns > MAX_PATTERNS:
            raise Refused(f"De vraag heeft meer dan {MAX_PATTERNS} patronen.", hint=_SIMPLER)


def _service() -> Refused:
    return Refused(
        "SERVICE kan hier niet: deze dienst vraagt niets aan andere servers.",
        hint="Haal de andere gegevens zelf op, en geef waarden mee met VALUES.",
    )
