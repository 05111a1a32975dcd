"""Engines: one port (`port.py`), and what answers behind it. Nothing outside this folder knows which engine it is."""

from typing import TYPE_CHECKING

from belfort.errors import SettingsError
from belfort.settings import Settings

if TYPE_CHECKING:
    from search.engines.port import Engine


def open_engine(settings: Settings, *, check_seconds: float = 1.0) -> "Engine":
    """The engine of these settings; nothing is opened before it is asked.

    Raises:
        SettingsError: the settings ask for Elasticsearch, and its client is not installed or the address is none.
    """
    if settings.elasticsearch:
        try:
            from search.engines.elastic_engine import ElasticEngine
        except ModuleNotFoundError as error:
            raise SettingsError(
                f"BELFORT_ELASTICSEARCH is set, and {error.name} is not installed.",
                hint="Install belfort[elasticsearch].",
            ) from None
        return ElasticEngine(settings, check_seconds=check_seconds)
    from search.engines.tantivy_engine import TantivyEngine

    return TantivyEngine(settings.index, check_seconds=check_seconds)
