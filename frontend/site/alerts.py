"""`/abonnementen`: ask for a search as mail, and confirm, change or stop it by the link in the mail; no account.

The link has a token that only the owner of the mailbox has. There are no cookies and no sessions, so there is nothing
that another site could use (CSRF): who can send these forms already has the token, or only asks for a mail to confirm.
A GET changes nothing, since mail scanners follow links; stopping by POST follows RFC 8058. Answers are not kept by
caches, and say no address.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request

from belfort.errors import BelfortError, NotFound, UsageError
from belfort.records import change
from belfort.records.database import read
from belfort.settings import Settings
from frontend.desks import desks
from frontend.problems import known_parameters
from frontend.site.seek.addresses import address
from frontend.site.seek.facets import names_of
from search.alerts import saved
from search.alerts.less import suggestions
from search.alerts.subscribe import FREQUENCIES, Alert, Alerts, Stopped, Wish
from search.alerts.why import describe
from search.query import MAX_TEXT, PARAMETERS, Query, from_parameters, to_parameters
from search.results import Results

HERE = "/abonnementen"
OFTEN = {"direct": "Meteen", "dag": "Elke ochtend", "week": "Elke maandag"}
"""Frequencies as people read them."""
assert tuple(OFTEN) == FREQUENCIES
_FIELDS = ("email", "label", "frequentie")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    add = blueprint.add_url_rule
    add(HERE, "abonnementen", form, methods=["GET"])
    add(f"{HERE}/nieuw", "abonnement_nieuw", form, methods=["GET"])
    add(HERE, "abonneer", ask, methods=["POST"])
    add(f"{HERE}/<token>", "abonnement", show, methods=["GET"])
    add(f"{HERE}/<token>", "abonnement_wijzig", edit, methods=["POST"])
    add(f"{HERE}/<token>/bevestig", "abonnement_bevestig", confirm, methods=["POST"])
    add(f"{HERE}/<token>/stop", "abonnement_stop", show, methods=["GET"])
    add(f"{HERE}/<token>/stop", "abonnement_gestopt", stop, methods=["POST"])
    add(f"{HERE}/<token>/minder", "abonnement_minder", less, methods=["GET"])
    add(f"{HERE}/<token>/minder", "abonnement_zonder", leave_out, methods=["POST"])
    blueprint.after_app_request(_private)


def form() -> Response:
    """The form, with the search that its address has."""
    known_parameters(*PARAMETERS)
    given = {name: request.args.getlist(name) for name in PARAMETERS if name in request.args}
    return _form(from_parameters(given))


def ask() -> Response:
    """Take in what a visitor asks; the answer is the same whether or not the address is known.

    Raises:
        NotFound: this site sends no mail.
        TooMany: this client asked too much today.
    """
    alerts = _alerts()
    unknown = set(request.form) - {*PARAMETERS, *_FIELDS}
    if unknown or request.args:
        raise UsageError("Het formulier heeft een veld dat hier niet bestaat.", hint=f"Begin op {HERE}.")
    given = {name: request.form.getlist(name) for name in PARAMETERS if name in request.form}
    try:
        query = saved.parse(saved.followable(given))
        label = request.form.get("label", "").strip() or describe(query, _labels(query))
        wish = Wish(
            saved.canonical(given), request.form.get("email", ""), label, request.form.get("frequentie", "dag")
        )  # fmt: skip
        alerts.ask(wish, request.remote_addr or "")
    except UsageError as error:
        return _form(_readable(given), error)
    return _page("abonnement_gevraagd.html", what=describe(query, _labels(query)), back=address(query))


def show(token: str) -> Response:
    """What an alert is, with a button to confirm, to change and to stop."""
    known_parameters()
    try:
        return _of(_alerts().find(token))
    except Stopped:
        return _page("abonnement_gestopt.html", status=410)


def confirm(token: str) -> Response:
    """Make it active: what changes from now on counts."""
    with read(desks().engine) as connection:
        newest = change.last_seq(connection)
    return _back(_alerts().confirm(token, newest))


def edit(token: str) -> Response:
    """Change its name, how often, and the words that are left out."""
    alerts = _alerts()
    found = alerts.change(token, frequency=request.form.get("frequentie", ""), label=request.form.get("label"))
    if "zonder" in request.form:
        found = alerts.exclude(token, request.form.getlist("zonder"), instead=True)
    return _back(found)


def stop(token: str) -> Response:
    """Forget it, with its address; by the button or by a mail program (RFC 8058)."""
    _alerts().stop(token)
    return _page("abonnement_gestopt.html")


def less(token: str) -> Response:
    """Words of a document that the visitor wants less of, to choose from."""
    known_parameters("iri")
    found = _alerts().find(token)
    with read(desks().engine) as connection:
        document, words = suggestions(connection, request.args.get("iri", ""), found.question, found.excluded)
    return _page("abonnement_minder.html", alert=found, here=f"{HERE}/{token}", document=document, words=words)


def leave_out(token: str) -> Response:
    """Leave out documents with the chosen words."""
    return _back(_alerts().exclude(token, request.form.getlist("zonder")))


def _alerts() -> Alerts:
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.smtp:
        raise NotFound(
            "Deze site verstuurt geen meldingen per mail.", hint="Volg een zoekvraag als Atom: /zoeken.atom."
        )
    return desks().alerts


def _of(found: Alert) -> Response:
    return _page(
        "abonnement.html", alert=found, here=f"{HERE}/{found.token}", search=f"/zoeken?{found.query}", often=OFTEN,
        what=_described(found),
    )  # fmt: skip


def _described(found: Alert) -> str:
    try:
        return describe(found.question, _labels(found.question))
    except UsageError:
        return found.label


def _form(query: Query, error: BelfortError | None = None) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    hidden = [(name, value) for name, value in to_parameters(query) if name in saved.SAVED and name != "q"]
    filters = describe(replace(query, text=""), _labels(query)) if query.chosen else ""
    return _page(
        "abonneer.html", query=query, hidden=hidden, filters=filters, error=error, often=OFTEN, longest=MAX_TEXT,
        offered=bool(settings.smtp), feed=address(query, "atom"), status=error.status if error else 200,
    )  # fmt: skip


def _labels(query: Query) -> dict[str, str]:
    """What the values of its filters are called."""
    return {value: label for (_, value), label in names_of(query, Results(facets={})).items()}


def _readable(given: Mapping[str, list[str]]) -> Query:
    try:
        return from_parameters(given)
    except UsageError:
        return Query()


def _back(found: Alert) -> Response:
    response: Any = redirect(f"{HERE}/{found.token}", 303)
    return Response(response.get_data(), 303, headers=list(response.headers))


def _page(template: str, status: int = 200, **values: Any) -> Response:
    return Response(render_template(template, **values), status, mimetype="text/html")


def _private(response: Response) -> Response:
    """Keep what stands under this address to the one who asked, errors too."""
    if request.path.startswith(HERE):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
