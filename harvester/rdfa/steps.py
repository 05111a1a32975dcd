"""The processing steps of RDFa Core 1.1 §7.5 with the rules of HTML+RDFa 1.1, for one element."""

from belfort.rdf import TYPE, Triple
from belfort.vocab import RDFA, XHV
from harvester.rdfa import values
from harvester.rdfa.declarations import declared_prefixes, declared_xmlns, declares
from harvester.rdfa.document import Document
from harvester.rdfa.element import FORWARD, LIST, REVERSE, Context, Here, Said
from harvester.rdfa.lists import OpenLists
from harvester.rdfa.parsed import bare

_NO_SCOPE = frozenset({"vocab", "prefix", "lang", "xml:lang"}).isdisjoint
_USES, _ROLE = f"<{RDFA.usesVocabulary}>", f"<{XHV.role}>"


class Steps:
    """The steps for the elements of one page.

    `lists` is None when the page has no `@inlist`; `namespaces` says whether elements may declare any.
    """

    def __init__(
        self, said: Said, document: Document, budget: values.Budget, *, lists: OpenLists | None, namespaces: bool
    ) -> None:
        self.document = document
        self.host = document.host
        self.time = "time" if document.host.html_rules else None
        self.out = said.triples
        self.said = said
        self.budget = budget
        self.lists = lists
        self.namespaces = namespaces

    def take(self, here: Here) -> Context:
        """Process one element and give the context of its children."""
        self.said.by(here.element)
        attributes = here.attributes
        if not _NO_SCOPE(attributes) or (self.namespaces and declares(attributes)):
            self._scope(here)
        if "role" in attributes:
            self._role(here)
        repairs = self.document.repairs
        fixed = repairs.element(here) if repairs is not None and not here.is_root else None
        if fixed is None:
            self._process(here)
        else:
            self._process_repaired(here, *fixed)
        return self._below(here)

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
                term = document.reference(vocabulary)
                vocabulary = bare(term)
                self.out.append((document.subject, _USES, term))
        if self.namespaces:
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
            here.context = Context(about, about, here.environment, here.language, here.context.depth)
            here.context.lists = here.lists
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
            complete(self.out, self.budget, here.context, here.subject)

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
            here.pending.append((LIST if in_list else FORWARD, predicate, items))
        here.pending.extend((REVERSE, predicate, []) for predicate in backward)
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

    def _below(self, here: Here) -> Context:
        """Step 13: the context of the children; lists begin here when the subject changes."""
        context = here.context
        if here.skip:
            if here.environment is context.environment and here.language == context.language:
                return context
            inner = Context(context.parent, context.object, here.environment, here.language, context.depth + 1)
            inner.pending, inner.lists = context.pending, here.lists
            return inner
        subject = here.subject or context.parent
        target = here.object or subject
        inner = Context(subject, target, here.environment, here.language, context.depth + 1)
        inner.pending, inner.lists = here.pending, here.lists
        if self.lists:
            begun = [(subject, here.lists)] if here.lists is not context.lists or here.is_root else []
            if target != subject:
                inner.lists = {}
                begun.append((target, inner.lists))
            self.lists.begin(here.element, begun)
        return inner


def complete(out: list[Triple], budget: values.Budget, context: Context, subject: str) -> None:
    """Step 12: what the parents left pending, now that there is a subject."""
    budget.spend(values.TRIPLE * len(context.pending))
    for kind, predicate, items in context.pending:
        if kind == FORWARD:
            out.append((context.parent, predicate, subject))
        elif kind == REVERSE:
            out.append((subject, predicate, context.parent))
        else:
            items.append(subject)


def _without_terms(value: str | None) -> str | None:
    """HTML's rule beside `@property`: only CURIEs and IRIs count as relations; without any there is none."""
    if value is None:
        return None
    kept = [token for token in value.split() if ":" in token]
    return " ".join(kept) if kept else None
