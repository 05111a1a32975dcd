"""Errors over HTTP: one shape for machines (RFC 9457), one calm page for people, the same status for both.

An answer never holds a stack trace, nor anything that the request said.
"""

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from belfort import rijksregister
from belfort.errors import BelfortError, NotFound, UsageError
from belfort.log import get_logger

log = get_logger("web")

# What a link that was shared elsewhere may carry; it means nothing here.
_TRACKERS = ("utm_", "fbclid", "gclid", "msclkid", "mc_")


class NotAcceptable(BelfortError):
    """There is no such format of it."""

    slug, title, status, exit_code = "not-acceptable", "Niet beschikbaar in deze vorm", 406, 2


class Gone(NotFound):
    """It was public and is no longer."""

    slug, title, status = "gone", "Niet langer gepubliceerd", 410


@dataclass(frozen=True)
class Problem:
    """An error as it is shown: `slug` is the last part of its type, `facts` are extra members."""

    status: int
    slug: str
    title: str
    detail: str
    hint: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


_HTTP: dict[int, tuple[str, str, str]] = {
    400: ("usage", "Ongeldige vraag", "De server begrijpt deze vraag niet."),
    404: ("not-found", "Niet gevonden", "Op dit adres staat niets."),
    405: ("method-not-allowed", "Niet toegelaten", "Dit adres aanvaardt deze methode niet."),
    413: ("too-large", "Te groot", "De vraag is groter dan toegelaten."),
    414: ("too-large", "Te lang", "Het adres is langer dan toegelaten."),
    415: ("unsupported-media-type", "Onbekende vorm", "De inhoud van de vraag heeft een onbekende vorm."),
    416: ("range", "Onmogelijk deel", "Dat deel van het bestand bestaat niet."),
    500: ("error", "Er ging iets mis", "De server kon deze vraag niet beantwoorden. De fout is genoteerd."),
}


def known_parameters(*names: str) -> None:
    """Refuse a query string with parameters that this address does not know.

    Raises:
        UsageError: the message names the parameters that it does know, never the one it got.
    """
    unknown = [name for name in request.args if name not in names and not name.startswith(_TRACKERS)]
    if unknown:
        known = ", ".join(names) or "geen"
        raise UsageError(
            f"Dit adres kent een van de parameters niet. Gekend: {known}.",
            hint="Verbeter of verwijder de parameter.",
            known_parameters=list(names),
        )


def register(app: Flask) -> None:
    """Give the application its error handlers."""

    @app.before_request
    def _possible() -> None:
        # No name holds a NUL, and not every database takes one.
        if "\0" in request.path or "\0" in "".join(v for _, v in request.args.items(multi=True)):
            raise UsageError("Het adres bevat een teken dat daar niet kan.")

    @app.errorhandler(BelfortError)
    def _expected(error: BelfortError) -> Response:
        if error.status >= 500:
            log.warning("request failed", path=_path(), error=error.slug)
        facts = dict(error.facts)
        headers = {}
        if error.status == 503 or "retry_after" in facts:
            headers["Retry-After"] = str(facts.get("retry_after", 5))
        return answer(Problem(error.status, error.slug, error.title, error.detail, error.hint, facts, headers))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:
            redirect: Any = error.get_response()
            return Response(redirect.get_data(), status, headers=list(redirect.headers))
        slug, title, detail = _HTTP.get(status, _HTTP[400] if status < 500 else _HTTP[500])
        headers = {k: v for k, v in error.get_headers() if k.lower() in ("allow", "content-range", "retry-after")}
        return answer(Problem(status, slug, title, detail, headers=headers))

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        trace = "".join(traceback.format_exception(error))
        log.error("unforeseen error", path=_path(), kind=type(error).__name__, trace=trace)
        return answer(Problem(500, *_HTTP[500]))


def _path() -> str:
    """The path for the log; a token in it is a secret of a visitor."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(token, "…") if token else request.path


def answer(problem: Problem) -> Response:
    """The problem as this client can read it; an error says no rijksregisternummer back that stood in the question."""
    if rijksregister.contains(f"{problem.detail} {problem.hint} {problem.facts}"):
        problem = replace(
            problem, detail=rijksregister.mask(problem.detail), hint=rijksregister.mask(problem.hint), facts={}
        )
    if wants_page():
        response = Response(render_template("problem.html", problem=problem), problem.status, mimetype="text/html")
    else:
        base = current_app.config["SETTINGS"].base_url
        body = {
            **problem.facts,
            "type": f"{base}/fouten/{problem.slug}",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            **({"hint": problem.hint} if problem.hint else {}),
        }
        text = json.dumps(body, ensure_ascii=False, default=str) + "\n"
        response = Response(text, problem.status, mimetype="application/problem+json")
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store" if problem.status >= 500 else "public, max-age=60"
    response.headers.add("Vary", "Accept")
    return response


def wants_page() -> bool:
    """Whether the client is a browser: it names HTML, and no suffix says that it wants data."""
    last = request.path.rpartition("/")[2]
    if "." in last and last.rpartition(".")[2] in ("json", "jsonld", "ttl", "nt", "nq", "rdf", "csv", "atom"):
        return False
    accept = request.headers.get("Accept", "").lower()
    return "text/html" in accept or "application/xhtml+xml" in accept


def catalogue() -> dict[str, tuple[str, str, int]]:
    """Every kind of error: slug → title, what it means, HTTP status."""
    found = {slug: (title, detail, status) for status, (slug, title, detail) in _HTTP.items()}
    pending: list[type[BelfortError]] = [BelfortError]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        says = found.get(kind.slug, ("", _MEANING.get(kind.slug, ""), 0))[1] or _MEANING.get(kind.slug, "")
        found[kind.slug] = (kind.title, says, kind.status)
    return found


_MEANING = {
    "stopped": "De melding is gestopt; het e-mailadres is gewist.",
    "too-many": "Er kwamen te veel aanvragen van een netwerk. Probeer het opnieuw na de tijd die in Retry-After staat.",
    "settings": "De server is verkeerd ingesteld.",
    "invalid-input": "De inhoud die u stuurde, klopt niet.",
    "not-acceptable": "Het bestaat, maar niet in de vorm die u vroeg. Het antwoord somt op wat wel bestaat.",
    "gone": "Dit was publiek en is door de bron ingetrokken of gewijzigd.",
    "fetch-failed": "Een andere server gaf geen bruikbaar antwoord.",
    "refused": "De vraag mag niet, of vraagt te veel. Het antwoord zegt welke grens dat is.",
    "damaged": "Opgeslagen gegevens zijn niet meer wat ze waren; ze worden niet getoond.",
    "busy": "Het is druk. Probeer het opnieuw na de tijd die in Retry-After staat.",
    "deadline": "De vraag duurde langer dan toegelaten. Maak ze eenvoudiger of gebruik de downloads.",
    "worker-crashed": "De verwerking van de vraag is gestopt. Maak ze eenvoudiger en probeer opnieuw.",
}
