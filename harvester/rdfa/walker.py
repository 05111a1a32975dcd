"""The walk over the tree: the processing steps of RDFa Core 1.1 §7.5 with the rules of HTML+RDFa 1.1.

An explicit stack of child iterators, so depth is no limit. Most elements have no RDFa attribute and cost one set
operation. An element that has one becomes a `Here`, which the steps fill in; its children get a `Context`.
"""

from collections.abc import Iterable, Iterator

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import RDF, RDFA, XHV
from harvester.rdfa import values
from harvester.rdfa.element import Context, Element, Here, Lists
from harvester.rdfa.environment import Document, declared_prefixes, declared_xmlns, initial

_NO_RDFA = frozenset(
    {
        "about", "resource", "href", "src", "typeof", "property", "rel", "rev", "vocab", "prefix", "lang", "xml:lang",
        "role",
    }
).isdisjoint  # fmt: skip
_ONLY_LINK = frozenset({"about", "resource", "typeof", "property", "rel", "rev", "vocab", "prefix", "role"}).isdisjoint
_USUAL = frozenset(
    {
        "about", "href", "src", "rel", "rev", "datetime", "inlist", "vocab", "prefix", "lang", "xml:lang", "role",
    }
).isdisjoint  # fmt: skip
_NO_SCOPE = frozenset({"vocab", "prefix", "lang", "xml:lang"}).isdisjoint
_FIRST, _REST, _NIL = f"<{RDF.first}>", f"<{RDF.rest}>", f"<{RDF.nil}>"
_USES, _ROLE = f"<{RDFA.usesVocabulary}>", f"<{XHV.role}>"
_LIST, _FORWARD, _REVERSE = 0, 1, 2

Leaving = list[tuple[str, Lists]]
Frame = tuple[Iterator[Element], Context, Element, Leaving]
_NONE: Leaving = []


class Walker:
    """Walks one tree once; `out` holds the triples, `starts` and `elements` say where they came from."""

    def __init__(self, document: Document, budget: values.Budget, *, xmlns: bool, lists: bool) -> None:
        self.document = document
        self.host = document.host
        self.time = "time" if document.host.html_rules else None
        self.plain = document.repairs is None
        self.budget = budget
        self.xmlns = xmlns
        self.lists = lists
        self.out: list[Triple] = []
        self.starts: list[int] = []
        self.elements: list[Element] = []

    def walk(self, root: Element) -> None:
        """Process the root and everything below it, in document order."""
        document = self.document
        context = Context(document.subject, document.subject, [], {}, (initial(document), ""))
        stack: list[Frame] = []
        self._enter(root, root.attributes, context, stack, 1)
        xmlns = self.xmlns
        usual = not (xmlns or self.lists)
        while stack:
            children, context, _, _ = stack[-1]
            level = len(stack)
            alone = not context.pending
            short = usual and level > 1
            self.budget.deep = level > values.DEEP
            for element in children:
                attributes = element.attributes
                if short and ("property" in attributes or "typeof" in attributes) and _USUAL(attributes):
                    target = self._usual(element, attributes, context)
                    if target is not None:
                        below = list(element.iter())
                        if below:
                            if not alone or target != context.object:
                                scope = context.environment, context.language
                                inner = Context(context.object, target, [], context.lists, scope)
                            else:
                                inner = context
                            stack.append((iter(below), inner, element, _NONE))
                            break
                        continue
                elif _NO_RDFA(attributes) and not (xmlns and _declares(attributes)):
                    below = list(element.iter())
                    if below:
                        stack.append((iter(below), context, element, _NONE))
                        break
                    continue
                elif alone and _ONLY_LINK(attributes) and not list(element.iter()):
                    continue  # an image or a link that nothing waits for
                if self._enter(element, attributes, context, stack, level + 1):
                    break
            else:
                frame = stack.pop()
                if frame[3]:
                    self._leave(frame)

    def _enter(
        self, element: Element, raw: dict[str, str | None], context: Context, stack: list[Frame], level: int
    ) -> bool:
        """Process one element with RDFa attributes; true when its children, if any, are on the stack now."""
        self.starts.append(len(self.out))
        self.elements.append(element)
        # Attributes without a value count as empty.
        attributes = {name: value or "" for name, value in raw.items()} if None in raw.values() else raw
        here = Here(element, attributes, context)  # type: ignore[arg-type]
        if level == 1:
            here.is_root = True
        elif level == 2:
            here.is_edge = self.host.edges and element.tag in ("head", "body")
        if self.xmlns or not _NO_SCOPE(attributes):
            self._scope(here)
        if "role" in raw:
            self._role(here)
        repairs = self.document.repairs
        fixed = repairs.element(here) if repairs is not None and level > 1 else None
        if fixed is None:
            self._process(here)
        else:
            self._process_repaired(here, *fixed)
        children = list(element.iter())
        if not children and not self.lists:
            return False
        leaving: Leaving = []
        below = self._below(here, leaving)
        stack.append((iter(children), below, element, leaving))
        return True

    def _usual(self, element: Element, attributes: dict[str, str | None], context: Context) -> str | None:
        """What `_enter` does, in fewer steps, for the shape of nine elements in ten.

        `@property` or `@typeof` or both with `@resource`, or `@property` with text, `@content` or `@datatype`; no list.
        Gives the parent object of the children, or None when the element is not of that shape.
        """
        names = attributes.get("property")
        typed = attributes.get("typeof")
        environment = context.environment
        resource = attributes.get("resource")
        value: str | None
        if (
            resource is not None and "datatype" not in attributes and "content" not in attributes
            and (self.plain or resource.strip(" #"))  # repairs look at what names nothing, the long way
        ):  # fmt: skip
            if (not names and "property" in attributes) or (typed is None and "typeof" in attributes):
                return None
            value = environment.resources.get(resource) or environment.resource(resource)
        elif not names or "resource" in attributes or "typeof" in attributes:
            return None
        else:
            value = self._literal(element, attributes, context)
        if value is None:
            return None
        subject = context.object
        out = self.out
        self.starts.append(len(out))
        self.elements.append(element)
        if typed is not None:
            for term in environment.type_lists.get(typed) or environment.types(typed):
                out.append((value, TYPE, term))
        if names:
            for predicate in environment.predicate_lists.get(names) or environment.predicates(names):
                out.append((subject, predicate, value))
        if context.pending:
            self._complete(context, subject if names else value)
        return subject if names and typed is None else value

    def _literal(self, element: Element, attributes: dict[str, str | None], context: Context) -> str | None:
        """The literal of an element without `@datetime`; None when an attribute has no value, or in a `<time>`."""
        environment = context.environment
        datatype = attributes.get("datatype")
        text = attributes.get("content")
        if (text is None and "content" in attributes) or (datatype is None and "datatype" in attributes):
            return None
        if datatype is not None:
            suffix = environment.suffixes.get(datatype)
            if suffix is None:
                return values.typed(element, attributes, environment, context.language, self.budget)
            return f'"{rdf.escape(self.budget.text(element) if text is None else text)}"{suffix}'
        if text is not None:
            return values.plain(text, context.language, environment)
        if element.tag == self.time:
            return None
        return values.plain(self.budget.text(element), context.language, environment)

    def _scope(self, here: Here) -> None:
        attributes = here.attributes
        declared: dict[str, str] = {}
        if self.host.base_attribute and "xml:base" in attributes and not here.is_root:
            here.environment = here.environment.rebased(attributes["xml:base"])
        document = here.environment.document
        vocabulary = attributes.get("vocab")
        if vocabulary is not None:
            vocabulary = vocabulary.strip()
            if vocabulary:
                term = document.iri(vocabulary)
                vocabulary = term[1:-1]
                self.out.append((document.subject, _USES, term))
        if self.xmlns and _declares(attributes):
            declared = declared_xmlns(document, attributes)
        if "prefix" in attributes:
            declared |= declared_prefixes(document, attributes["prefix"])
        if declared or vocabulary is not None:
            self.budget.spend(len(here.environment.prefixes))
            here.environment = here.environment.extended(declared, vocabulary)
        language = attributes.get("xml:lang")
        if language is None:
            language = attributes.get("lang")
        if language is not None:
            here.language = language.strip()

    def _role(self, here: Here) -> None:
        name = here.attributes.get("id")
        subject = here.environment.document.iri(f"#{name}") if name else self.document.blank()
        for token in here.attributes["role"].split():
            term = here.environment.token(token) if ":" in token else self.document.checked(f"{XHV}{token}")
            if term is not None:
                self.out.append((subject, _ROLE, term))

    def _process_repaired(self, here: Here, rule: str, attributes: dict[str, str], before: str) -> None:
        """Process the element with better attributes; what they name carries the mark of the rule.

        Without the `@about` that it had, the element stands where that subject does.
        """
        start, about = len(self.out), here.about()
        here.attributes = attributes
        here.property = attributes.get("property")
        moved = about is not None and "about" not in attributes
        if about is not None and moved:
            here.context = Context(about, about, [], here.lists, (here.environment, here.language))
        self._process(here)
        named = here.typed or here.target()
        if named is None:
            return
        marked = self.document.mark(named, rule, before)
        self.out[start:] = [
            (marked if s == named else s, p, marked if o == named and not moved else o) for s, p, o in self.out[start:]
        ]

    def _process(self, here: Here) -> None:
        """Steps 5 to 12 for one element."""
        attributes = here.attributes
        related = "rel" in attributes or "rev" in attributes
        if related:
            here.rel, here.rev = attributes.get("rel"), attributes.get("rev")
            if here.property is not None and self.host.html_rules:
                here.rel, here.rev = _without_terms(here.rel), _without_terms(here.rev)
                related = here.rel is not None or here.rev is not None
        if related:
            self._subject_of_relation(here)
        elif here.property is not None and "content" not in attributes and "datatype" not in attributes:
            self._subject_of_property(here)
        else:
            self._subject_of_resource(here)
        if here.typed is not None and attributes["typeof"]:
            for term in here.environment.types(attributes["typeof"]):
                self.out.append((here.typed, TYPE, term))
        if self.lists and here.subject is not None and here.subject != here.context.object:
            here.lists = {}
        if related:
            self._relations(here)
        if here.property is not None:
            self._property(here)
        if not here.skip and here.subject is not None and here.context.pending:
            self._complete(here.context, here.subject)

    def _subject_of_property(self, here: Here) -> None:
        """Step 5.1: `@property` alone; the object may be a resource of its own."""
        about = here.about()
        document = self.document.subject if here.is_root else None
        here.subject = about or document or here.context.object
        if "typeof" in here.attributes:
            here.typed = about or document or here.target()
            if here.typed is None:
                here.typed = here.context.object if here.is_edge else self.document.blank()
            here.object = here.typed

    def _subject_of_resource(self, here: Here) -> None:
        """Step 5.2: no relation, and `@property` with `@content` or `@datatype` if at all."""
        here.subject = here.about() or here.target()
        if here.subject is None:
            if here.is_root:
                here.subject = self.document.subject
            elif here.is_edge:
                here.subject = here.context.object
            elif "typeof" in here.attributes:
                here.subject = self.document.blank()
            else:
                here.subject = here.context.object
                here.skip = here.property is None
        if "typeof" in here.attributes:
            here.typed = here.subject

    def _subject_of_relation(self, here: Here) -> None:
        """Step 6: with `@rel` or `@rev`."""
        about = here.about()
        here.subject = about or (self.document.subject if here.is_root else here.context.object)
        here.object = here.target()
        if "typeof" in here.attributes:
            if about is not None:
                here.typed = about
            else:
                if here.object is None:
                    here.object = here.context.object if here.is_edge else self.document.blank()
                here.typed = here.object

    def _relations(self, here: Here) -> None:
        """Steps 9 and 10: triples with a known object, or pending ones for the children to complete."""
        forward = here.environment.relations(here.rel or "")
        backward = here.environment.relations(here.rev or "")
        in_list = "inlist" in here.attributes
        assert here.subject is not None
        if here.object is not None:
            for predicate in forward:
                if in_list:
                    here.lists.setdefault(predicate, []).append(here.object)
                else:
                    self.out.append((here.subject, predicate, here.object))
            self.out.extend((here.object, predicate, here.subject) for predicate in backward)
            return
        for predicate in forward:
            items = here.lists.setdefault(predicate, []) if in_list else []
            here.pending.append((_LIST if in_list else _FORWARD, predicate, items))
        here.pending.extend((_REVERSE, predicate, []) for predicate in backward)
        here.object = self.document.blank()

    def _property(self, here: Here) -> None:
        """Step 11: the value of `@property`."""
        predicates = here.environment.predicates(here.property or "")
        if not predicates:
            return
        value, subject = self._value(here), here.subject
        assert subject is not None
        if self.lists and "inlist" in here.attributes:
            for predicate in predicates:
                here.lists.setdefault(predicate, []).append(value)
        else:
            for predicate in predicates:
                self.out.append((subject, predicate, value))

    def _value(self, here: Here) -> str:
        attributes, environment, element = here.attributes, here.environment, here.element
        if "datatype" in attributes:
            return values.typed(element, attributes, environment, here.language, self.budget)
        if "content" in attributes:
            return values.plain(attributes["content"], here.language, environment)
        if "datetime" in attributes:
            return values.temporal(attributes["datetime"], here.language, environment)
        if here.rel is None and here.rev is None:
            term = here.target()
            if term is not None:
                return term
        if here.typed is not None and "about" not in attributes:
            return here.typed
        text = self.budget.text(element)
        if element.tag == self.time:
            return values.temporal(text, here.language, environment)
        return values.plain(text, here.language, environment)

    def _complete(self, context: Context, subject: str) -> None:
        """Step 12: what the parents left pending."""
        self.budget.spend(values.TRIPLE * len(context.pending))
        for kind, predicate, items in context.pending:
            if kind == _FORWARD:
                self.out.append((context.parent, predicate, subject))
            elif kind == _REVERSE:
                self.out.append((subject, predicate, context.parent))
            else:
                items.append(subject)

    def _below(self, here: Here, leaving: Leaving) -> Context:
        """Step 13: the context of the children; lists that begin here are noted in `leaving`."""
        context, scope = here.context, (here.environment, here.language)
        if here.skip:
            if here.environment is context.environment and here.language == context.language:
                return context
            return Context(context.parent, context.object, context.pending, here.lists, scope)
        subject = here.subject or context.parent
        target = here.object or subject
        lists = here.lists
        if self.lists:
            if lists is not context.lists or here.is_root:
                leaving.append((subject, lists))
            if target != subject:
                lists = {}
                leaving.append((target, lists))
        return Context(subject, target, here.pending, lists, scope)

    def _leave(self, frame: Frame) -> None:
        """Step 14: write the lists that began on the element."""
        for subject, lists in frame[3]:
            if lists:
                self.starts.append(len(self.out))
                self.elements.append(frame[2])
            for predicate, items in lists.items():
                self._list(subject, predicate, items)

    def _list(self, subject: str, predicate: str, items: list[str]) -> None:
        cells = [self.document.blank() for _ in items]
        self.out.append((subject, predicate, cells[0] if cells else _NIL))
        for cell, item, rest in zip(cells, items, [*cells[1:], _NIL], strict=False):
            self.out.append((cell, _FIRST, item))
            self.out.append((cell, _REST, rest))

    def has_copies(self) -> bool:
        """Whether the page copies patterns."""
        return self.host.html_rules and self.document.copies


def _without_terms(value: str | None) -> str | None:
    """HTML's rule beside `@property`: only CURIEs and IRIs count as relations; without any there is none."""
    if value is None:
        return None
    kept = [token for token in value.split() if ":" in token]
    return " ".join(kept) if kept else None


def _declares(attributes: Iterable[str]) -> bool:
    """Whether the element declares a namespace or a base."""
    return any(name.startswith("xmlns:") or name == "xml:base" for name in attributes)
