"""A page with a JSON twin at the same address with `.json`: its routes, the choice between both, its headers."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from frontend.negotiation import choose
from frontend.problems import NotAcceptable

HTML, JSON = "text/html", "application/json"


def add(blueprint: Blueprint, path: str, name: str, view: Callable[..., Response]) -> None:
    """Add both addresses."""
    blueprint.add_url_rule(path, name, view)
    blueprint.add_url_rule(f"{path}.json", f"{name}_json", view, defaults={"suffix": "json"})


def wants_json(suffix: str, path: str) -> bool:
    """Whether this request wants JSON.

    Raises:
        NotAcceptable: it wants neither.
    """
    chosen = JSON if suffix else choose(request.headers.get("Accept", ""), (HTML, JSON))
    if not chosen:
        raise NotAcceptable(
            "Dit bestaat als pagina en als JSON.",
            hint="Vraag een van de vormen in de lijst.",
            available=[{"type": HTML, "path": path}, {"type": JSON, "path": f"{path}.json"}],
        )
    return chosen == JSON


def finish(response: Response) -> Response:
    """The headers of such an answer."""
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "public, max-age=30"
    response.add_etag(weak=True)
    checked = response.make_conditional(request)
    assert isinstance(checked, Response)
    return checked
