"""The built-in model: rules for English news writing, behind the OpenAI protocol.

A baseline that needs no key. It gets what any model gets, the messages and
the JSON schema, and says in every reply that it is `builtin`.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def fingerprint() -> str:
    """The digest (SHA-256, hex) of the rules: other rules are another model, and are asked anew."""
    package = files("extractor")
    helpers = list((package / "values").iterdir())
    rules = list((package / "builtin").iterdir())
    digest = sha256()
    for file in sorted((file for file in [*helpers, *rules] if file.name.endswith(".py")), key=str):
        digest.update(file.read_bytes())
    return digest.hexdigest()
