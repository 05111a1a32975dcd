"""Repairs: what real pages get wrong and everyone can see they meant; small named rules, each counted and traceable.

Enters: attributes, undeclared prefixes, IRIs, triples of a page. Leaves: better ones with the name of the rule, and
issues about what no rule could repair. A rule is general: it never knows a host by name. Every rule can be switched
off by name, all of them by `--no-repair`.
May import the kernel and the RDFa processor's result types only.
"""

from harvester.repairs.catalogue import CATALOGUE
from harvester.repairs.doubts import doubts
from harvester.repairs.page import Page
from harvester.repairs.rule import Rule
from harvester.repairs.session import Repairs
from harvester.repairs.statements import Statements

__all__ = ["CATALOGUE", "Page", "Repairs", "Rule", "Statements", "doubts"]
