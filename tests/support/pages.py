"""A small page with a bit of everything, for the tests of the harvester."""

from belfort.vocab import DOCUMENT_TYPE

URL = "https://a.example/zitting#deel"
PREFIX = 'prefix="besluit: http://data.vlaanderen.be/ns/besluit# eli: http://data.europa.eu/eli/ontology#"'
AGENDA = DOCUMENT_TYPE["13fefad6-a9d6-4025-83b5-e4cbee3a8965"]
NOTULEN = DOCUMENT_TYPE["8e791b27-7600-4577-b24e-c7c29e0eb773"]

PAGE = f"""<!doctype html><body {PREFIX}>
<div resource="" typeof="foaf:Document {AGENDA}"><meta property="dc:type" resource="{NOTULEN}"></div>
<div resource="#z" typeof="besluit:Zitting"><p property="besluit:behandelt" typeof="besluit:Agendapunt">x</p></div>
<div resource="#z" typeof="besluit:Zitting"></div>
<div resource="#b2" typeof="besluit:Besluit"><h2 property="eli:title"> Twee
 regels </h2><p property="eli:title">tweede titel</p></div>
<div resource="#b1" typeof="besluit:Besluit"><h2 property="dc:title">Eén</h2></div>
"""
