"""How many alerts there are, for an operator: numbers, never who."""

import sqlalchemy as sa

from search.alerts.store import alert, delivery, mail, reading


def counts(engine: sa.Engine) -> dict[str, int]:
    """Name → count: alerts by state and frequency, what waits to be told, letters that wait."""
    with reading(engine) as connection:
        states = connection.execute(sa.select(alert.c.state, sa.func.count()).group_by(alert.c.state)).all()
        times = connection.execute(
            sa.select(alert.c.frequency, sa.func.count()).where(alert.c.state == "actief").group_by(alert.c.frequency)
        ).all()
        told = connection.execute(sa.select(delivery.c.state, sa.func.count()).group_by(delivery.c.state)).all()
        letters = connection.execute(sa.select(sa.func.count()).select_from(mail)).scalar_one()
    found = {f"alerts {name}": 0 for name in ("wacht", "actief", "gepauzeerd")}
    found |= {f"alerts {name}": int(count) for name, count in states}
    found |= {f"active {name}": int(count) for name, count in sorted(map(tuple, times))}
    found |= {f"documents {name}": int(count) for name, count in sorted(map(tuple, told))}
    return found | {"letters waiting": int(letters)}
