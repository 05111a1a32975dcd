"""The publisher: submissions become public data.

Enters: submissions (through the inline stage `merge`), delta files of the reference producers. Leaves: assertions,
entities, changes, the SPARQL store, dumps. May not import harvester, search or frontend.
"""
