"""SHACL of what the site says of its data: the catalogue by DCAT-AP-VL 2, the nodes and members of the LDES. Data only.

Written from the specifications: https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL/,
https://w3id.org/tree/specification, https://w3id.org/ldes/specification.
"""
