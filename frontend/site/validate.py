"""Validate a page before it is published: an upload or an address in, what Belfort understands of it out.

Nothing is stored and no account is needed; a POST changes nothing, so there is nothing to forge. The page is read in
a child process that can be killed (`frontend.examiner`); its texts are shown as text, never as markup.
"""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, json, render_template, request

from belfort.errors import BelfortError, FetchError, UsageError
from belfort.settings import Settings
from frontend.desks import desks
from frontend.negotiation import choose
from frontend.problems import NotAcceptable, known_parameters
from frontend.site import marks

if TYPE_CHECKING:
    from harvester.extract import Extraction
    from harvester.one_page import Found

# The largest real pages have 3 MB.
LIMIT = 4 * 2**20
FETCH_SECONDS = 20.0
JSON = "application/json"
_PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "image/svg+xml")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/validate", "validate", validate, methods=["GET", "POST"])


def validate() -> Response:
    """The form; for a POST, the form with the judgement of the page, or that alone as JSON."""
    known_parameters("adres")
    form = choose(request.headers.get("Accept", ""), ("html", JSON))
    if not form:
        raise NotAcceptable("Het oordeel bestaat als HTML en als JSON.", available=["text/html", JSON])
    if request.method in ("GET", "HEAD"):
        return _page()
    request.max_content_length = LIMIT
    if form == JSON:
        return _as_json(*_judged())
    try:
        return _shown()
    except FetchError as error:
        return _page(error=error)
    except UsageError as error:
        return _page(error=error)


def _shown() -> Response:
    """The judgement beside the page."""
    from harvester.validate_output import for_people

    examiner = desks().examiner
    with examiner.turn():
        found = _asked()
        extraction = examiner.read(found)
        tokens = examiner.view(found, marks.places(extraction)) if extraction.says_something else []
    return _page(judged=for_people(extraction, found.url), shown=marks.beside(extraction, tokens))


def _judged() -> "tuple[Found, Extraction]":
    examiner = desks().examiner
    with examiner.turn():
        found = _asked()
        return found, examiner.read(found)


def _asked() -> "Found":
    """The page that the request holds or names.

    Raises:
        UsageError: it holds none, or more than one.
        FetchError: the address gives no page.
        Refused: the guard forbids the address.
    """
    from harvester.one_page import ASSUMED, Found

    address = request.args.get("adres", "").strip()
    kind = (request.mimetype or "").lower()
    if kind in _PAGES:
        return Found(
            _not_empty(request.get_data(cache=False)),
            _address(address) or f"{ASSUMED}pagina",
            request.content_type or "",
        )
    upload, url = request.files.get("pagina"), request.form.get("url", "").strip()
    address = request.form.get("adres", address).strip()
    content = upload.read() if upload else b""
    if content and url:
        raise UsageError("Geef een bestand of een adres, niet allebei.", hint="Maak een van de twee velden leeg.")
    if url:
        return _fetched(_address(url))
    return Found(_not_empty(content), _address(address) or f"{ASSUMED}pagina")


def _not_empty(content: bytes) -> bytes:
    if not content:
        raise UsageError(
            "Er is geen pagina.",
            hint="Kies een bestand (veld pagina), geef een adres (veld url), of stuur de HTML zelf als text/html.",
        )
    return content


def _address(text: str) -> str:
    if text and not text.lower().startswith(("http://", "https://")):
        raise UsageError("Het adres begint niet met http:// of https://.", hint="Geef het volledige adres.")
    return text


def _fetched(url: str) -> "Found":
    from belfort.http import fetch
    from harvester.one_page import Found

    settings: Settings = current_app.config["SETTINGS"]
    bounded = settings.model_copy(
        update={"http_timeout": min(FETCH_SECONDS, settings.http_timeout), "http_max_body": LIMIT}
    )
    answer = fetch(bounded, url)
    if answer.status != 200:
        raise FetchError(f"De server antwoordde {answer.status}.", hint="Open het adres in een browser.")
    return Found(answer.body, answer.url, answer.header("content-type"))


def _as_json(found: "Found", extraction: "Extraction") -> Response:
    from harvester.validate_output import as_data

    text = json.dumps(as_data(extraction, found.url), ensure_ascii=False) + "\n"
    return _private(Response(text, mimetype=JSON))


def _page(error: BelfortError | None = None, **judgement: Any) -> Response:
    page = render_template(
        "validate.html", error=error, limit=LIMIT, url=request.form.get("url", "") if error else "", **judgement
    )
    return _private(Response(page, error.status if error else 200, mimetype="text/html"))


def _private(response: Response) -> Response:
    """An answer about someone's own page is for them alone."""
    response.headers["Cache-Control"] = "public, max-age=60" if request.method in ("GET", "HEAD") else "no-store"
    response.headers["Vary"] = "Accept"
    return response
