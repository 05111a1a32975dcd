"""What search does in the flow; `belfort/jobs.py` has the order."""

from belfort.jobs import Context


def index(context: Context, rebuild: bool) -> int:
    """The projection `index`."""
    from search.projection.projector import project

    return project(context, rebuild)


def alerts(context: Context, rebuild: bool) -> int:
    """The projection `alerts`."""
    from search.alerts.follow import project

    return project(context, rebuild)


STAGES = {"index": index, "alerts": alerts}
