"""Makes the Flask application: settings in, every route and header in place, the records open for reading only."""

from flask import Blueprint, Flask

from belfort.settings import Settings
from frontend import headers, hot, problems
from frontend.data import catalogue, collections, dereference, discovery, dumps, feeds, openapi, sparql, status
from frontend.desks import Desks
from frontend.site import alerts, routes, seek, texts, validate

KIB = 1024
BLUEPRINTS = {
    "data": (dereference, discovery, dumps, sparql, feeds, catalogue, collections, openapi, status),
    "site": (routes, seek, alerts, validate),
}


def create_app(settings: Settings) -> Flask:
    """The web application on the records of these settings.

    Raises:
        SettingsError: there are no records in the data folder, or the database cannot be opened.
    """
    app = Flask("frontend", static_folder="static", static_url_path="/static")
    app.config.update(
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=256 * KIB,
        MAX_FORM_MEMORY_SIZE=256 * KIB,
        MAX_FORM_PARTS=20,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.extensions["belfort"] = desks = Desks(settings)
    hot.install(app, desks, settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(texts.FILTERS)
    app.jinja_env.globals.update(site_name=settings.site_name, contact=settings.contact, licence=settings.licence)
    app.url_map.strict_slashes = False
    problems.register(app)
    headers.register(app, settings)
    for name, parts in BLUEPRINTS.items():
        blueprint = Blueprint(name, __name__)
        for part in parts:
            part.register(blueprint)
        app.register_blueprint(blueprint)
    return app
