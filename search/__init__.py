"""Search: changes become search documents; words become hits; saved questions become letters.

Enters: the change log and entities (through the projections `index` and `alerts`), the words of a visitor. Leaves: the
search index, `Results`, mail. May not import harvester, publisher or frontend; only `engines/` knows which engine
answers, and nothing loads one before the first search.

For callers: `search.searcher.Searcher` answers, `search.query.Query` asks, `search.results` is what comes back,
`search.explain` says why. The way of a question: `query` → `reading` → `plan` → `engines`; of a document:
`projection` → `document` → `row` → `engines`. Both go through `analyzer`, which knows `dutch`.
"""
