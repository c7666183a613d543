"""The pay engine: pure functions from hours, gross and dated parameters to a slip.

No Django, no clock, no database, no float. `load_params` reads the packaged parameter file once;
everything else is a function of its arguments. Reference: the pay chapter of the project's README.
"""

# Stored with every slip: raise it when the same inputs would give another line.
ENGINE_VERSION = "1.1"
