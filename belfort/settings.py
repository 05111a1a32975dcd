"""Every setting, in one frozen object read from `BELFORT_*` environment variables (12-factor).

Every setting has a default that needs no server. All data lives under one folder, `BELFORT_DATA`:

    records.sqlite   the records (unless BELFORT_DATABASE names another database)
    private/         raw bytes and submissions: never read by the web or SPARQL processes
    alerts/          alerts and their e-mail addresses (unless BELFORT_ALERTS_DATABASE names another database)
    index/           search index                      ┐
    sparql/          SPARQL store and its snapshots    ├ derived; `belfort rebuild` makes them again
    dumps/           published files                   │
    feeds/           versions and delta files          ┘

`belfort settings` prints the effective values; `docs/reference/settings.md` is held against this file by a test.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from belfort.errors import SettingsError


class Settings(BaseSettings):
    """The effective settings of this process."""

    model_config = SettingsConfigDict(env_prefix="BELFORT_", frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder that holds all data.")
    database: str = Field("", description="SQLAlchemy URL of the records; empty means SQLite in the data folder.")
    host: str = Field("127.0.0.1", description="Address the web site listens on.")
    port: int = Field(8080, ge=1, le=65535, description="Port the web site listens on.")
    web_workers: int = Field(2, ge=1, le=64, description="Number of web processes.")
    web_threads: int = Field(8, ge=1, le=128, description="Threads in each web process.")
    follow: bool = Field(
        True, description="Whether `belfort serve` follows the change log, so that news is found within seconds."
    )
    public_url: str = Field(
        "", description="Address under which the public sees the site; empty means http://localhost:PORT."
    )
    site_name: str = Field("Belfort", description="Name of the site, in the page header.")
    contact: str = Field("mailto:belfort@example.org", description="Address in the User-Agent and in the footer.")
    licence: str = Field(
        "https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0",
        description="IRI of the licence of the published data.",
    )
    publisher: str = Field(
        "https://example.org/id/organisatie", description="IRI of the organisation that publishes, for the catalogue."
    )
    publisher_name: str = Field("Belfort", description="Name of the organisation that publishes.")
    log_format: Literal["auto", "console", "json"] = Field(
        "auto", description="Log lines for people (console) or machines (json); auto looks at the terminal."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="Least severe log line that is written."
    )
    http_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="host:port pairs that may be fetched although their address is not public, comma-separated.",
    )
    http_timeout: float = Field(60.0, gt=0, description="Seconds one exchange may take, headers and body.")
    http_max_body: int = Field(32 * 2**20, ge=1024, description="Bytes a decoded body may have.")
    crawl_delay: float = Field(1.0, ge=0, description="Seconds between two requests to one host.")
    crawl_max_pages: int = Field(20_000, ge=1, description="Pages one run fetches from one source at most.")
    crawl_max_depth: int = Field(20, ge=1, description="Links from the seed to a page at most.")
    misses_before_withdrawal: int = Field(
        2, ge=1, description="Consecutive runs in which a page must be gone before it is withdrawn."
    )
    withdrawal_threshold: float = Field(
        0.2, ge=0, le=1, description="Share of a source's pages that may vanish in one run; more is held."
    )
    extract_seconds: float = Field(20.0, gt=0, description="Seconds the reading of one page may take.")
    extract_memory: int = Field(2 * 2**30, ge=2**28, description="Bytes of address space to read a page in.")
    sparql_seconds: float = Field(10.0, gt=0, description="Deadline of a SPARQL query in the slow lane.")
    sparql_fast_seconds: float = Field(0.25, gt=0, description="Deadline of a SPARQL query in the fast lane.")
    sparql_memory: int = Field(2 * 2**30, ge=2**27, description="Resident bytes of one SPARQL worker.")
    sparql_rows: int = Field(100_000, ge=1, description="Rows or triples one SPARQL answer may have.")
    dumps_keep: int = Field(7, ge=1, le=10_000, description="Releases of the dumps that are kept, the newest included.")
    feeds_days: int = Field(
        365, ge=1, description="Days that the feeds keep versions that are not the newest of their thing."
    )
    alerts_database: str = Field(
        "", description="SQLAlchemy URL of alerts and their addresses; empty means SQLite in the data folder."
    )
    smtp: str = Field(
        "", description="Mail server, smtp://user:password@host:587 or smtps://…; empty means no alerts by mail."
    )
    mail_from: str = Field("", description="Address that mail comes from; empty means belfort@ the host of the site.")
    elasticsearch: str = Field(
        "",
        description="Elasticsearch 8 or 9, https://user:password@host:9200, several nodes comma-separated; "
        "empty means an index in the data folder.",
    )
    elasticsearch_api_key: SecretStr = Field(
        SecretStr(""), description="API key for Elasticsearch, where the address has no user."
    )
    elasticsearch_index: str = Field(
        "belfort",
        pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$",
        description="Name that readers ask Elasticsearch for; the indexes behind it begin with it.",
    )
    demo_seed: int = Field(20261125, ge=0, description="Seed of the demo authorities.")
    demo_size: int = Field(4, ge=1, le=100_000, description="Zittingen per organ of the demo authorities.")
    demo_port: int = Field(
        8090, ge=0, le=65535, description="Port of the demo authorities' own site; 0 takes a free one."
    )

    @field_validator("http_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the records."""
        return self.database or f"sqlite:///{self.data / 'records.sqlite'}"

    @property
    def alerts_url(self) -> str:
        """The SQLAlchemy URL of the alerts."""
        return self.alerts_database or f"sqlite:///{self.alerts / 'alerts.sqlite'}"

    @property
    def base_url(self) -> str:
        """The public address of the site, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def private(self) -> Path:
        """Folder of raw bytes and submissions: not for the web process."""
        return self.data / "private"

    @property
    def alerts(self) -> Path:
        """Folder of alerts, their addresses and their key: not public."""
        return self.data / "alerts"

    @property
    def index(self) -> Path:
        """Folder of the search index."""
        return self.data / "index"

    @property
    def follower(self) -> Path:
        """Folder whose lock the one follower of the change log has."""
        return self.data / "follower"

    @property
    def sparql(self) -> Path:
        """Folder of the SPARQL store and its snapshots."""
        return self.data / "sparql"

    @property
    def feeds(self) -> Path:
        """Folder of the feeds: versions and delta files."""
        return self.data / "feeds"

    @property
    def dumps(self) -> Path:
        """Folder of the published files."""
        return self.data / "dumps"


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment; values given here win.

    Raises:
        SettingsError: a variable has a value that cannot work; the message names it.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"BELFORT_{name.upper()}={first['input']!r}: {first['msg']}.",
            hint="See `belfort settings` and docs/reference/settings.md.",
        ) from None
