"""What the pages show, read from the records: one module per kind of page, returning frozen dataclasses.

Enters: a connection that only reads. Leaves: views without Flask and without HTML. Linked entities are fetched in
batches: the number of queries of a page does not grow with its rows.
"""
