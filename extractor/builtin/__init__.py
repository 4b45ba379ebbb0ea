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
    helpers = [package / name for name in ("dates.py", "names.py", "places.py")]
    rules = [file for file in (package / "builtin").iterdir() if file.name.endswith(".py")]
    digest = sha256()
    for file in sorted([*helpers, *rules], key=str):
        digest.update(file.read_bytes())
    return digest.hexdigest()
