"""Documents of who governs: bestuur, orgaan, persoon, mandataris, functionaris. Pure."""

from belfort.records.entity import Entity
from belfort.vocab import MANDAAT, ORG, SKOS
from search.projection.graph import HOLDER, SPECIALISATION, View
from search.projection.made import Made
from search.projection.place import Place, own_day, period, set_bestuur, set_organ
from search.projection.plain import plain_text


def bestuur(entity: Entity, view: View) -> Made:
    """A bestuur by its names; one that was merged ends on the day of the merger."""
    place = Place()
    set_bestuur(place, entity.iri, view)
    names = [plain_text(name) for name in entity.values(SKOS.altLabel)]
    return Made(plain_text(entity.label), names, place, ends=place.ended)


def orgaan(entity: Entity, view: View) -> Made | None:
    """An organ; its periods would only repeat it, so they have a document only when it is not public itself."""
    if view.to(entity, *SPECIALISATION):
        return None
    place = Place(date=own_day(entity))
    set_organ(place, [entity.iri], view)
    begins, ends = period(entity)
    return Made(plain_text(entity.label), [], place, begins=begins, ends=_earliest(ends, place.ended))


def person_in_role(entity: Entity, view: View) -> Made | None:
    """A mandataris or functionaris by the name of the person and the role."""
    persons = view.to(entity, MANDAAT.isBestuurlijkeAliasVan)
    name = next((person.label for person in persons if person.label), entity.label)
    if not name:
        return None  # pages list the present by number only; without a name there is nothing to find
    roles, place = _roles(entity, view)
    begins, ends = period(entity)
    return Made(plain_text(", ".join([name, *roles[:1]])), roles, place, begins=begins, ends=ends)


def persoon(entity: Entity, view: View) -> Made | None:
    """A person with all public roles; somebody without is nobody to search for."""
    roles: list[str] = []
    whole = Place()
    periods: list[tuple[str, str]] = []
    holders = view.pointing_at(entity.iri, MANDAAT.isBestuurlijkeAliasVan)
    for holder in holders:
        names, place = _roles(holder, view)
        roles += [" ".join(part for part in (name, place.orgaan_label) if part) for name in names]
        periods.append(period(holder))
        whole.add(place)
    if not holders or not entity.label:
        return None
    begins = min((first for first, _ in periods), default="")
    ends = "" if any(not last for _, last in periods) else max(last for _, last in periods)
    return Made(plain_text(entity.label), list(dict.fromkeys(roles)), whole, begins=begins, ends=ends)


def _roles(holder: Entity, view: View) -> tuple[list[str], Place]:
    """The names of what a mandataris or functionaris holds, and where."""
    place = Place(date=own_day(holder))
    names: list[str] = []
    for post in view.to(holder, ORG.holds):
        names += [role.label for role in view.to(post, ORG.role) if role.label] or [post.label]
        if not place.orgaan:
            set_organ(place, [organ.iri for organ in view.pointing_at(post.iri, *HOLDER)], view)
    return [plain_text(name) for name in dict.fromkeys(names) if name], place


def _earliest(*days: str) -> str:
    return min((day for day in days if day), default="")
