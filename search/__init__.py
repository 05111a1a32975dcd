"""Search: changes become search documents; words become hits.

Enters: the change log and entities (through the projection `index`), the words of a visitor. Leaves: the search
index, `Results`. May not import harvester, publisher or frontend; only `engines/tantivy_engine.py` and
`engines/tantivy_query.py` know tantivy, and nothing loads them before the first search.

For callers: `search.searcher.Searcher` answers, `search.query.Query` asks, `search.results` is what comes back.
"""
