"""Static files whose names carry their content, inside JavaScript modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A module that imports another names the very version it was tested with.

    Left alone, `import "./outbox.js"` would ask for a name without a hash: cached for a minute, and after
    a release two halves of a page could disagree.
    """

    support_js_module_import_aggregation = True
