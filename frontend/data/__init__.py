"""Linked data for machines: entities in every format, dumps, contexts, SPARQL, and what crawlers and probes ask.

Enters: requests that want data. Leaves: documents, files, query answers. Serialises and negotiates; what is public
was decided before (the gate), so nothing here filters.
"""
