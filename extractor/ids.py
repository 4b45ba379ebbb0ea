"""Ids: digests of what a record stands for; never of the order in which a model gave it, nor of a run."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from extractor.schemas import Evidence

_DIGITS = 16
"""Hexadecimal digits of a digest: 64 bits, so that none of many millions of claims fall together."""
_LONGEST_PLACE = 40


def account_id(article: str, evidence: Iterable[Evidence]) -> str:
    """An account: its article and the places of its evidence."""
    return "a-" + _digest([article, *sorted({_place(e) for e in evidence})])


def claim_id(account: str, field: str, value: str, evidence: Sequence[Evidence], about: str | None = None) -> str:
    """A claim: its account, field, value and evidence; and the claim that it is an attribute of."""
    return "c-" + _digest([account, field, value, *(_place(e) for e in evidence), *([about] if about else [])])


def utterance_id(kind: str, pieces: Iterable[str]) -> str:
    """A statement (`kind` s) or an outcome (o) over all accounts: the pieces of claims that render it."""
    return f"{kind}-" + _digest(sorted(pieces))


def meeting_id(date: str | None, place: str | None, parties: Iterable[str], accounts: Iterable[str]) -> str:
    """A meeting: a readable part (date, place, up to five parties) and a digest of its accounts' ids."""
    readable = [
        (date or "undated").replace("/", "_").lower(),
        _plain(place or "", "-")[:_LONGEST_PLACE].strip("-"),
        *[_plain(party, "")[:_LONGEST_PLACE] for party in sorted(parties)[:5]],
    ]
    return "-".join(part for part in (*readable, _digest(sorted(accounts))[:8]) if part)


def _plain(words: str, gap: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", gap, bare)


def _place(evidence: Evidence) -> str:
    """Where evidence stands; what stands nowhere goes by its words."""
    return f"?{evidence.exact}" if evidence.start is None else f"{evidence.start}-{evidence.end}"


def _digest(parts: Iterable[str]) -> str:
    # Each part with its length, so that no two lists of parts read alike.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
