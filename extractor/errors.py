"""The errors a user can meet. Foreign errors are translated once, at the boundary.

    ExtractorError
    ├── ConfigurationError    settings, paths or arguments that cannot work      exit 2
    ├── ArticleError          one article failed; the others go on               exit 3
    │   ├── UnreadableError       no text could be read from it
    │   └── ReplyError            the model's reply is of no use
    ├── ModelUnreachableError no model there, or it refuses the key: stops a run  exit 4
    ├── WorkspaceError        the workspace cannot be opened or written           exit 2
    └── ClusterError          the cluster cannot be reached, or is lost           exit 2

Every message is one line that says what is wrong and how to mend it.
"""


class ExtractorError(Exception):
    """Root of all errors that this package raises on purpose."""

    exit_code = 1


class ConfigurationError(ExtractorError):
    """Settings, paths or arguments that cannot work."""

    exit_code = 2


class ArticleError(ExtractorError):
    """One article failed. Its neighbours are not touched."""

    exit_code = 3


class UnreadableError(ArticleError):
    """No text could be read: not a text, empty, or of an unknown kind."""


class ReplyError(ArticleError):
    """The model answered, but the reply is of no use: refused, truncated, or never valid.

    `raw` keeps the last reply as it came, for the workspace.
    """

    def __init__(self, message: str, raw: str | None = None) -> None:
        super().__init__(message)
        self.raw = raw


class ModelUnreachableError(ExtractorError):
    """No model answers at the address, it refuses the key, or it does not know the model's name."""

    exit_code = 4


class WorkspaceError(ExtractorError):
    """The workspace cannot be opened, read or written."""

    exit_code = 2


class ClusterError(ExtractorError):
    """The cluster cannot be reached, is lost, or cannot do the work."""

    exit_code = 2
