"""The dumps: everything public as files. A projection.

Enters: the entities and who says them, in one consistent view. Leaves, in the folder `dumps`: one folder a *release*
(`2026-11-25-r123`: the day and the number of the newest change), never altered once it is there, and `latest`, a
link that is turned to the newest release in one step. A release holds `manifest.json` and, each also as `.gz` and
`.zst`: everything (`belfort.*`), what counts now (`actueel.*`), one slice a bestuur (`besturen/`), one a year of
besluiten (`besluiten/`), and tables as CSV on the Web (`tabellen/`). The bytes depend on the records, the public
address and the version of this software alone. May not import harvester, search or frontend.

A release is written in a folder beside it; a crash leaves that folder, and the next run takes over each file in it
that is whole. Memory does not grow with the data, but for one number per ended role and the names of one bestuur.
"""

from publisher.dumps.make import forget, project
from publisher.dumps.release import latest, manifest, releases

__all__ = ["forget", "latest", "manifest", "project", "releases"]
