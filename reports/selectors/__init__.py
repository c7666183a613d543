from reports.selectors.figures import (
    Entered,
    facts_of,
    figures_of,
    history_of,
    snapshots_of,
)

__all__ = ["Entered", "facts_of", "figures_of", "history_of", "snapshots_of"]
