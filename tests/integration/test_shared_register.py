"""Real registers load as a whole: every bestuur, and the mandatarissen of one gemeente."""

from pathlib import Path

import sqlalchemy as sa

from belfort.jobs import Context
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.records.issue import issue
from belfort.vocab import BESLUIT, LEIDINGGEVENDEN, MANDAAT
from publisher.register.intake import Given, IntakeResult, import_files
from publisher.register.rdf_file import SUFFIXES
from publisher.verify import verify


def test_all_besturen_and_the_mandatarissen_load(context: Context, shared: Path) -> None:
    """Every subject that the files give a public class is an entity; what is held is counted, nothing is lost."""
    files = sorted((shared / "data/besturen").glob("*.ttl")) + sorted((shared / "data/mandaten").glob("0*.ttl"))
    assert all(path.suffix[1:] in SUFFIXES for path in files)
    result = import_files(context, Given("import", files))
    assert (result.files, result.stopped, result.held) == (len(files), None, 0)
    with read(context.engine) as connection:
        counts = dict(
            connection.execute(sa.select(entity.c.class_iri, sa.func.count()).group_by(entity.c.class_iri)).all()
        )
        held = dict(
            connection.execute(
                sa.select(issue.c.code, sa.func.sum(issue.c.count))
                .where(issue.c.stage == "merge")
                .group_by(issue.c.code)
            ).all()
        )
    # 644 besturen of 2022, 235 AGB and APB, 188 IGS and 9 of the mergers of 2025 (publisher.md §13, §15).
    assert counts[BESLUIT.Bestuurseenheid] == 644 + 235 + 188 + 9
    assert counts[MANDAAT.Mandataris] == 111
    assert counts[LEIDINGGEVENDEN.Bestuursfunctie] == 226
    assert counts[BESLUIT.Bestuursorgaan] > 6_500
    assert set(held) >= {"untyped", "unknown-class", "not-public"}
    assert import_files(context, Given("import", files)) == IntakeResult()
    assert list(verify(context)) == []
    print({"triples": result.inserts, "entities": sum(counts.values()), "held": held})
