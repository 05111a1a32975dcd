"""The site on a small data set that came in by the real path, with index, SPARQL store and dumps made from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from belfort.jobs import open_context, project
from belfort.settings import Settings
from frontend.app import create_app
from tests.support import site_data


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings on a data folder that is filled once and only read by tests."""
    settings = Settings(data=tmp_path_factory.mktemp("site") / "data", log_level="error", sparql_seconds=2.0)
    context = open_context(settings)
    site_data.fill(context)
    project(context)
    context.engine.dispose()
    return settings


class ClosingClient(FlaskClient):
    """A client that reads each answer to its end and closes it, as a server does."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        """Send a request."""
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def app(site_settings: Settings) -> Iterator[Flask]:
    """The application on that folder."""
    made = create_app(site_settings)
    made.test_client_class = ClosingClient
    yield made
    made.extensions["belfort"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without cookies or headers of its own."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A data folder without records."""
    return tmp_path / "nothing"
