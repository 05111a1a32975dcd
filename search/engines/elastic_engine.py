"""Elasticsearch (`port.Engine`): generations of an index behind one alias, which readers ask for.

    <name>                               the alias: the generation that is read, moved in one step
    <name>-<version>-<utc>-<number>      one generation; the version names schema, analyzer and word lists
    <generation>.write                   its own alias for writing, so that the server never makes an index by itself

An index is ours when its `_meta` says so, whatever its name. A generation that is not finished is never behind the
alias; what a crash left behind goes when the next one is finished. An alias that is gone means no index, and the
projection makes one. Nothing but a bare server is needed: no scripts, ingest, reindex or analysis plugin.

One process of a machine writes, by the lock of the index folder; across machines see `elastic_bulk`.
"""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from belfort.errors import Busy, SettingsError
from belfort.folders import lock
from belfort.log import get_logger
from belfort.settings import Settings
from search import generations
from search.engines.elastic_bulk import writing_alias
from search.engines.elastic_index import LOADING, SERVING, ElasticIndex, ElasticView, mappings
from search.engines.elastic_server import server
from search.engines.port import Index
from search.row import SCHEMA_VERSION

log = get_logger("index")

CHECK_SECONDS = 1.0
LOCK_SECONDS = 120.0
ADMIN_SECONDS = 60.0
_DETAILS = "*.mappings._meta,*.aliases,*.settings.index.creation_date"


class ElasticEngine:
    """The indexes of one name on one cluster; cheap to make: nothing is asked before the first question."""

    def __init__(self, settings: Settings, *, check_seconds: float = CHECK_SECONDS) -> None:
        self.server = server(settings)
        self.alias = settings.elasticsearch_index
        self._folder = settings.index
        self._version = generations.version(SCHEMA_VERSION)
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._view: ElasticView | None = None
        self._checked = float("-inf")

    def view(self) -> ElasticView | None:
        """The current generation, looked for at most every `check_seconds`: another process writes or switches."""
        with self._lock:
            now = time.monotonic()
            if self._view and now - self._checked < self._check_seconds:
                return self._view
            self._checked = now  # others go on with what is known while this one looks
        try:
            view = self._look()
        except BaseException:
            self._checked = float("-inf")
            raise
        with self._lock:
            self._view = view
        return view

    def writing(self) -> AbstractContextManager[object]:
        """Be the only one who writes on this machine."""
        return lock(self._folder, LOCK_SECONDS, "updating the search index")

    def current(self) -> ElasticIndex | None:
        """The current generation, when it was made by this version of schema and analyzer."""
        found = self._behind_alias()
        return ElasticIndex(self.server, found[0]) if found and found[1] == self._version else None

    def new(self) -> ElasticIndex:
        """A new, empty generation beside the current one."""
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        return self._create(f"{self.alias}-{self._version}-{moment}-{secrets.token_hex(2)}")

    def switch(self, index: Index, *, keep: bool) -> None:
        """Make a complete generation current, in one step; of the older ones only the last is kept, if any."""
        assert isinstance(index, ElasticIndex)
        self._ask(lambda client: client.indices.put_settings(index=index.name, settings=SERVING))
        known = self._generations()
        before = [name for name, details in known.items() if self.alias in details.get("aliases", {})]
        self._move_alias(index.name)
        with self._lock:
            self._checked = float("-inf")
        for name in known:
            if name != index.name and not (keep and name in before):
                self._drop(name, must=not keep)

    @contextmanager
    def scratch(self) -> Iterator[ElasticIndex]:
        """An index that is no generation and goes afterwards."""
        index = self._create(f"{self.alias}-check-{secrets.token_hex(4)}")
        try:
            yield index
        finally:
            self._drop(index.name)

    def about(self) -> Iterator[tuple[str, str]]:
        """What the server says of itself, and which index is read."""
        yield "engine", f"Elasticsearch at {self.server.name}"
        begin = time.monotonic()
        health = self._ask(lambda client: client.cluster.health())
        took = (time.monotonic() - begin) * 1000
        nodes = self._ask(lambda client: client.nodes.info(metric=["http", "jvm"]))["nodes"].values()
        yield "server", f"answers in {took:.0f} ms; cluster {health['cluster_name']} is {health['status']}"
        yield "version", ", ".join(sorted({node["version"] for node in nodes}))
        yield "nodes", str(len(nodes))
        largest = min(node["http"]["max_content_length_in_bytes"] for node in nodes)
        yield "request", f"{largest // 2**20} MiB at most"
        found = self._behind_alias()
        yield "index", found[0] if found else f"none behind the alias {self.alias}"
        if found:
            yield "made by", found[1] + ("" if found[1] == self._version else f" (this program: {self._version})")

    def _look(self) -> ElasticView | None:
        name = self._readable()
        return ElasticView(self.server, name, self._readable) if name else None

    def _readable(self) -> str | None:
        """The name of the generation that readers ask now."""
        found = self._behind_alias()
        # Fields of another schema cannot be asked; words of an older analyzer can.
        return found[0] if found and found[1].startswith(f"{SCHEMA_VERSION}.") else None

    def _behind_alias(self) -> tuple[str, str] | None:
        """The name and version of the generation behind the alias."""
        found = self.server.ask(
            lambda client: client.options(ignore_status=404).indices.get(
                index=self.alias, filter_path="*.mappings._meta,status"
            )
        )
        for name, details in found.items():
            meta = details.get("mappings", {}).get("_meta", {}) if isinstance(details, dict) else {}
            if meta.get("belfort") == self.alias:
                return name, meta.get("version", "")
        return None

    def _generations(self) -> dict[str, dict[str, Any]]:
        """Every index of ours, finished or not."""
        found = self._ask(lambda client: client.indices.get(index=f"{self.alias}-*", filter_path=_DETAILS))
        return {
            name: details
            for name, details in found.items()
            if details.get("mappings", {}).get("_meta", {}).get("belfort") == self.alias
        }

    def _create(self, name: str) -> ElasticIndex:
        meta = {"belfort": self.alias, "version": self._version}
        self._ask(
            lambda client: client.indices.create(
                index=name, settings=LOADING, mappings=mappings(meta), aliases={writing_alias(name): {}}
            )
        )
        return ElasticIndex(self.server, name)

    def _drop(self, name: str, *, must: bool = False) -> None:
        """Remove an index; where it must not stay (an erasure), a failure is the caller's."""
        try:
            self._ask(lambda client: client.indices.delete(index=name, ignore_unavailable=True))
        except Busy as error:
            if must:
                raise
            log.warning("an old index could not be removed", index=name, error=error.detail)

    def _move_alias(self, name: str) -> None:
        actions: list[dict[str, Any]] = [
            {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}},
            {"add": {"index": name, "alias": self.alias}},
        ]

        def move(client: Elasticsearch) -> None:
            try:
                client.indices.update_aliases(actions=actions)
            except ApiError as error:
                if "invalid_alias_name" not in str(error):
                    raise
                raise SettingsError(
                    f"BELFORT_ELASTICSEARCH_INDEX={self.alias}: an index has that name, which must be an alias.",
                    hint="Choose another name, or remove that index if it is yours.",
                ) from None

        self._ask(move)

    def _ask(self, call: Any) -> Any:
        return self.server.ask(call, ADMIN_SECONDS)
