"""The walk: one flat pass over the annotated elements of a page, in document order.

The tree itself gives the elements that have an attribute of RDFa; the others are never visited. What such an element
gets from its parent stands in `known`, under the nearest element around it that changed something.
"""

from belfort.rdf import Triple
from harvester.rdfa import kinds, values
from harvester.rdfa.document import Document
from harvester.rdfa.element import Context, Element, Here, Said
from harvester.rdfa.environment import initial
from harvester.rdfa.kinds import LINK, SILENT, Names, Plan
from harvester.rdfa.lists import OpenLists
from harvester.rdfa.page import Traits
from harvester.rdfa.steps import Steps
from harvester.rdfa.usual import Usual

# What the tree is asked for; a namespace can be declared by an attribute of any name, so then for all elements.
_ANNOTATED = ":is({})".format(",".join(f"[{name}]" for name in kinds.NAMES).replace(":", "\\:"))
_ALL = "*"


class Walker:
    """Walks one tree once; `said` holds what it says."""

    def __init__(self, document: Document, budget: values.Budget, traits: Traits) -> None:
        self.document = document
        self.said = Said()
        self._traits = traits
        self._budget = budget
        self._lists = OpenLists(document, self.said) if traits.lists else None
        self._steps = Steps(self.said, document, budget, lists=self._lists, namespaces=traits.namespaces)
        self._usual = Usual(self.said.triples, budget, "time" if document.host.html_rules else None)
        self._known: dict[int, Context] = {}
        # Elements that leave the context as it is, but had their text read or have a name for what is in them.
        self._read: set[int] = set()
        self._links: dict[int, Element] = {}
        self._plans: dict[Names, Plan] = {}
        self._root = 0

    @property
    def out(self) -> list[Triple]:
        """The triples, in the order in which they are said."""
        return self.said.triples

    def walk(self, root: Element) -> None:
        """Process the root and everything below it, in document order."""
        document = self.document
        outermost = Context(document.subject, document.subject, initial(document), "", 0)
        self._root = root.mem_id
        self._full(root, outermost)
        plans, known, ways = self._plans, self._known, self._usual.ways
        triples, starts, elements = self.said.triples, self.said.starts, self.said.elements
        for element in self._annotated(root):
            attributes = element.attributes
            names = tuple(attributes)
            kind, watched = plans.get(names) or self._plan(names)
            if kind == SILENT:
                continue
            wanted = False
            for name, wants in watched:
                if wants(attributes[name] or ""):
                    wanted = True
                    break
            around = element.parent
            assert around is not None
            context = known.get(around.mem_id) or self._around(around)
            if kind == LINK and not (context.pending or wanted):
                self._links[element.mem_id] = element  # what it names is asked for only when something stands in it
                continue
            if kind in ways and not wanted:
                start = len(triples)
                below = ways[kind](element, attributes, context)
                if below is not None:
                    starts.append(start)
                    elements.append(element)
                    if below is context:
                        self._read.add(element.mem_id)
                    else:
                        known[element.mem_id] = below
                    continue
            self._full(element, context)
        if self._lists:
            self._lists.leave(None)

    def _annotated(self, root: Element) -> list[Element]:
        """The elements below the root that may say something."""
        found = root.css(_ALL if self._traits.namespaces else _ANNOTATED)
        return found[1:] if found and found[0].mem_id == self._root else found

    def _plan(self, names: Names) -> Plan:
        repairs, traits = self.document.repairs, self._traits
        plan = self._plans[names] = kinds.plan(
            names, repairs.watched if repairs else {}, namespaces=traits.namespaces, full=traits.lists
        )
        return plan

    def _around(self, around: Element) -> Context:
        """The context inside an element of which nothing is known: that of the nearest one of which something is."""
        known, path = self._known, []
        node: Element | None = around
        context = None
        while context is None:
            assert node is not None
            path.append(node.mem_id)
            node = node.parent
            context = known.get(node.mem_id) if node is not None else None
        last = path[-1]  # only this one can be annotated: an annotated element makes known what is around it
        if last in self._read:
            context = context.deeper()
        elif last in self._links:
            context = self._inside(self._links[last], context)
        for key in path:
            known[key] = context
        return context

    def _inside(self, link: Element, context: Context) -> Context:
        """What stands in a link is about what the link names."""
        attributes = link.attributes
        written = attributes["href"] if "href" in attributes else attributes["src"]
        target = context.environment.document.reference(written or "")
        return Context(target, target, context.environment, context.language, context.depth + 1)

    def _full(self, element: Element, context: Context) -> None:
        """Process one element in all steps of the specification."""
        if self._lists:
            self._lists.leave(context)
        raw = element.attributes
        # Attributes without a value count as empty.
        attributes = {name: value or "" for name, value in raw.items()}
        here = Here(element, attributes, context)
        key = element.mem_id
        here.is_root = key == self._root
        if self.document.host.edges and element.tag in ("head", "body"):
            here.is_edge = element.parent is not None and element.parent.mem_id == self._root
        self._budget.deep = context.depth > values.DEEP
        self._known[key] = self._steps.take(here)

    def has_copies(self) -> bool:
        """Whether the page copies patterns."""
        return self.document.host.html_rules and self.document.copies
