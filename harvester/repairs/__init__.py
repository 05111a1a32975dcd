"""Repairs: what real pages get wrong and everyone can see they meant; small named rules, each counted and traceable.

Enters: tokens of attributes, undeclared prefixes, triples. Leaves: better ones with the name of the rule. A rule is
general: it never looks at a host name. Every rule can be switched off by name, all of them by `--no-repair`.
May import the kernel and the RDFa processor's result types only.
"""

from harvester.repairs.catalogue import CATALOGUE, Rule
from harvester.repairs.session import Repairs

__all__ = ["CATALOGUE", "Repairs", "Rule"]
