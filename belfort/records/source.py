"""Source: whom we harvest, where to start, and whose decisions it publishes. Operator's data."""

from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records.database import metadata, now, upsert

source = sa.Table(
    "source",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("bestuur", sa.Text, nullable=False),
    sa.Column("allow", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
)


@dataclass(frozen=True)
class Source:
    """One row: `kind` is `site` (crawled from the seed `url`) or `register` (delta files listed at `url`).

    `bestuur` is the IRI of the bestuurseenheid whose site it is, if known. `allow` is a host:port that the operator
    trusts although its address is not public (a demo site, an intranet).
    """

    slug: str
    label: str
    kind: str
    url: str
    bestuur: str = ""
    allow: str = ""
    created: str = ""


def get(connection: sa.Connection, slug: str) -> Source | None:
    """The source of that slug."""
    row = connection.execute(sa.select(source).where(source.c.slug == slug)).one_or_none()
    return Source(*row) if row else None


def all_sources(connection: sa.Connection) -> list[Source]:
    """Every source, by slug."""
    return [Source(*row) for row in connection.execute(sa.select(source).order_by(source.c.slug))]


def put(connection: sa.Connection, new: Source) -> None:
    """Add the source, or change the one of that slug."""
    row = {**new.__dict__, "created": new.created or now()}
    upsert(connection, source, [row], ["slug"])


def remove(connection: sa.Connection, slug: str) -> None:
    """Forget the source with its frontier and runs; attempts, snapshots and what it published stay."""
    from belfort.records.run import run
    from belfort.records.url import url

    for table in (url, run):
        connection.execute(table.delete().where(table.c.source == slug))
    connection.execute(source.delete().where(source.c.slug == slug))
