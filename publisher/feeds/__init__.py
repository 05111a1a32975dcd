"""The feeds: what changed, in order, for those who follow. A projection of the change log.

Enters: the change log, replayed from where the last run stopped. Leaves, in `feeds/feeds.sqlite`:

- *versions* (table `version`): one member per subject per change with all its public lines after that change, or a
  tombstone without content; the LDES and the Atom feeds are made from them.
- *delta files* (table `delta`): the same changes as changesets of inserted and deleted triples, in the form that the
  consumers of the reference producers read; feeds `belfort` (all), `mandatarissen` and `leidinggevenden`.

Everything follows from the change log and the tombstones: a rebuild gives the same rows. A page of the LDES is a
fixed range of member numbers, so a page that is full never gets another member. May not import harvester, search or
frontend.
"""

from publisher.feeds.follow import forget, project

__all__ = ["forget", "project"]
