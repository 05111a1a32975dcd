"""Structured log lines on standard error: one canonical line per unit of work, never a body or a private value."""

import logging
import sys
from typing import Any

import structlog

from belfort import rijksregister
from belfort.settings import Settings


def configure(settings: Settings) -> None:
    """Set up logging once per process, for people on a terminal and as JSON lines elsewhere."""
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    level = logging.getLevelName(settings.log_level.upper())
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _scrub,  # after the exception became text
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Standard error as it is when a line is written: a caller may have put another stream in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(level, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(message)s")


def _scrub(_logger: Any, _name: str, event: Any) -> Any:
    """Mask a rijksregisternummer in any value before it is written."""
    for key, value in event.items():
        event[key] = _masked(value)
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return rijksregister.mask(value)
    if isinstance(value, (bool, float)) or value is None:
        return value
    if isinstance(value, int):
        return rijksregister.MASK if rijksregister.is_bare_number(str(value)) else value
    text = str(value)
    return rijksregister.MASK if rijksregister.contains(text) else value


def get_logger(name: str) -> Any:
    """A logger that names the part of Belfort that speaks."""
    return structlog.get_logger(part=name)
