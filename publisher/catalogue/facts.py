"""What the catalogue says of this site, gathered in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from belfort.settings import Settings


@dataclass(frozen=True)
class Facts:
    """The address, names and licence of the site, the manifest of the newest release, and counts.

    `classes` are (class IRI, how many), `predicates` (predicate IRI, how many); empty where unknown.
    """

    base: str
    name: str
    publisher: str
    publisher_name: str
    contact: str
    licence: str
    manifest: Mapping[str, Any]
    issued: str = ""
    classes: Sequence[tuple[str, int]] = field(default_factory=tuple)

    @classmethod
    def of(cls, settings: Settings, manifest: Mapping[str, Any], **more: Any) -> "Facts":
        """The facts of these settings."""
        return cls(
            settings.base_url, settings.site_name, settings.publisher, settings.publisher_name, settings.contact,
            settings.licence, manifest, **more,
        )  # fmt: skip

    @property
    def files(self) -> Sequence[Mapping[str, Any]]:
        """The files of the release."""
        found: Sequence[Mapping[str, Any]] = self.manifest.get("files", ())
        return found

    @property
    def modified(self) -> str:
        """The moment of the newest change, "" before there is one."""
        return str(self.manifest.get("modified", ""))
