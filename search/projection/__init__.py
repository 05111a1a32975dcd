"""The projection `index`: changes of the records become search documents, and these become an index.

Enters: the change log and entities. Leaves: `search.document.Document`s in the current index, with the cursor of the
newest change in the same commit. `projector.py` follows, `surroundings.py` reads what a document is made from,
`build.py` makes it, `plain.py` takes markup out of literals.
"""
