"""SPARQL over the public triples: a projection that follows the change log, and guarded, disposable query workers.

Enters: changes and entities (`store.project`), the text of a query (`pool.Pool.query`). Leaves: snapshots of the
store in the folder `sparql`, answers as bytes. Everything that imports pyoxigraph (`writer`, `worker`) runs only in
child processes; the rest of this folder may not import it, nor Flask, harvester, search or frontend.
"""
