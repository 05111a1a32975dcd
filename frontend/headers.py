"""Headers of every answer: what browsers may do with it, and who may read it. Data, applied once."""

from functools import lru_cache

from flask import Flask, Response, request

from belfort.settings import Settings
from frontend.negotiation import FORMATS, MEDIA_TYPES

# Nothing inline, nothing from elsewhere, no scripts at all.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SECURITY: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)

PUBLIC: tuple[tuple[str, str], ...] = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Link, ETag, Last-Modified, Retry-After, Content-Range, Accept-Ranges"),
)


def fixed(settings: Settings) -> list[tuple[str, str]]:
    """The headers that every answer has; everything that the site serves is a public read."""
    strict = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return [*SECURITY, *PUBLIC, *([strict] if settings.base_url.startswith("https://") else [])]


def link(target: str, relation: str, kind: str = "") -> str:
    """One value of a Link header (RFC 8288)."""
    return f'<{target}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")


@lru_cache(maxsize=4096)
def links(settings: Settings, here: str) -> str:
    """The Link header of an entity: the page at `here`, its other forms, the licence, the dataset."""
    base = settings.base_url
    parts = [f'<{base}{here}>; rel="canonical"']
    parts += [f'<{base}{here}.{name}>; rel="alternate"; type="{MEDIA_TYPES[name]}"' for name in FORMATS[1:]]
    parts += [
        f'<{base}/datasets>; rel="collection describedby"; type="text/html"',
        f'<{base}/catalogus>; rel="describedby"; type="text/turtle"',
        f'<{settings.licence}>; rel="license"',
    ]
    return ", ".join(parts)


def register(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer of the application."""
    always = fixed(settings)

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in always:
            response.headers.setdefault(name, value)
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
            response.headers["Access-Control-Allow-Headers"] = (
                "Accept, Content-Type, If-None-Match, If-Modified-Since, Range"
            )
            response.headers["Access-Control-Max-Age"] = "86400"
        return response
