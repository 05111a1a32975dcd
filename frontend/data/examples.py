"""Example queries of the SPARQL page; a test runs each of them."""

from dataclasses import dataclass

from belfort.vocab import PREFIXES


@dataclass(frozen=True)
class Example:
    """A query and what it answers."""

    title: str
    query: str


def _query(names: str, body: str) -> str:
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in names.split()]
    return "\n".join([*lines, "", body])


EXAMPLES: tuple[Example, ...] = (
    Example(
        "De nieuwste zittingen en wie ze hield",
        _query("besluit skos", """SELECT ?zitting ?start ?orgaan WHERE {
  ?zitting a besluit:Zitting ;
    besluit:geplandeStart ?start ;
    besluit:isGehoudenDoor ?o .
  OPTIONAL { ?o skos:prefLabel ?orgaan }
}
ORDER BY DESC(?start)
LIMIT 20"""),
    ),
    Example(
        "Besluiten met een woord in de titel",
        _query("besluit eli", """SELECT ?besluit ?titel WHERE {
  ?besluit a besluit:Besluit ;
    eli:title ?titel .
  FILTER(CONTAINS(LCASE(?titel), "fiets"))
}
LIMIT 50"""),
    ),
    Example(
        "Hoeveel er is van elke klasse",
        _query("rdf", """SELECT ?klasse (COUNT(?ding) AS ?aantal) WHERE {
  ?ding rdf:type ?klasse
}
GROUP BY ?klasse
ORDER BY DESC(?aantal)"""),
    ),
    Example(
        "Mandatarissen zonder einddatum, met hun mandaat",
        _query("mandaat org persoon foaf", """SELECT ?voornaam ?familienaam ?rol ?start WHERE {
  ?m a mandaat:Mandataris ;
    mandaat:isBestuurlijkeAliasVan ?p ;
    org:holds/org:role ?rol .
  OPTIONAL { ?m mandaat:start ?start }
  OPTIONAL { ?p persoon:gebruikteVoornaam ?voornaam }
  ?p foaf:familyName ?familienaam .
  FILTER NOT EXISTS { ?m mandaat:einde ?einde }
}
ORDER BY ?familienaam
LIMIT 100"""),
    ),
    Example(
        "Alles over één ding, als Turtle",
        _query("besluit", """CONSTRUCT { ?b ?p ?o } WHERE {
  { SELECT ?b WHERE { ?b a besluit:Besluit } LIMIT 1 }
  ?b ?p ?o
}"""),
    ),
)  # fmt: skip
