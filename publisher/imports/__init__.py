"""Imports: what a bestuur enters itself, as a table (CSV) or as JSON-LD, with a report about every row.

Enters: one file, the IRI of the bestuur, the slug of the source. Leaves: a report; when no row is wrong, a sealed raw
file and the submission of an origin of its own, one for each (source, bestuur, database). A file says everything its
origin says: what was in the file before and is not now, goes. May not import harvester, search or frontend.

    columns     which columns there are, how they may be called; the template
    table       bytes → rows, with what spreadsheets do to them
    posts       function, organ and date → the mandaat or bestuursfunctie of the bestuur
    member      one row → statements or faults
    document    JSON-LD → statements or faults, by node
    report      what came of every row, for a person or a machine
    run         all of it, and the submission
"""
