"""The catalogue: what there is, for machines. Pure: settings and the manifest of the dumps go in, triples come out.

`dcat` is the catalogue by DCAT-AP-VL 2 with its datasets, distributions and services; `void` describes the same data by
VoID, with statistics. Every node has an IRI under the address of the site. `shapes/catalogue` has the constraints that
the result meets. May not import harvester, search or frontend.
"""
