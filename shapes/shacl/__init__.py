"""SHACL: shapes compiled once into closures over N-Triples terms; what they cannot say goes to pyshacl.

Enters: N-Triples lines as `belfort.rdf` writes them, and shapes of our own in Turtle. Leaves: a list of `Result`.
Core is ours (`compile`, `components`, `paths`, `literals`); a shape with SPARQL or anything else beyond core is handed
to pyshacl (`reference`), unless a native rule was registered for it. Neither side ever uses the network. rdflib reads
the shapes, once; no parse of data touches it. May import the kernel only.
Source: https://www.w3.org/TR/shacl/.
"""

from shapes.shacl.engine import Shapes, read_shapes, validate
from shapes.shacl.graph import Graph
from shapes.shacl.result import Result

__all__ = ["Graph", "Result", "Shapes", "read_shapes", "validate"]
