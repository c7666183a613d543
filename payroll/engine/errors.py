"""What the engine refuses. Each message is a French sentence written for a person."""


class EngineError(ValueError):
    """Root of the engine's refusals; `str(error)` can be shown as it is."""


class OutOfScope(EngineError):
    """A real situation that the engine does not know how to pay, and will not approximate."""


class MonthNotCovered(EngineError):
    """A month without confirmed parameters: last year's rates are never carried forward."""


class BadInput(EngineError):
    """A value that cannot be true: wrong type, negative, impossible together."""


class BadParameters(EngineError):
    """A parameter file that contradicts itself; the message lists everything that is wrong."""
