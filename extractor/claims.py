"""Claims: what a draft says, value by value, becomes an account with ids and an order of its own.

Neither ids nor order depend on how a model ordered its answer: claims stand by
field and by place in the text, each followed by its attributes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from extractor import ids
from extractor.schemas import Account, Article, Claim, Derivation, Evidence, Status, Warning  # noqa: A004
from extractor.schemas.draft import Role

_ORDER = {
    field: i
    for i, field in enumerate((
        "role", "occurrence", "level", "format", "date", "time_text", "duration", "place", "venue", "city", "country",
        "host_event", "parties", "participants", "distinctions", "topics", "outcomes", "statements",
    ))
}  # fmt: skip


@dataclass(frozen=True)
class Raw:
    """A claim before it has an id; `about` is the position of the claim that it is an attribute of, before it."""

    field: str
    value: str
    text: str
    evidence: tuple[Evidence, ...]
    status: Status = Status.STATED
    derivation: Derivation | None = None
    about: int | None = None


def account(article: Article, role: Role, raws: Sequence[Raw]) -> Account:
    """The account of one meeting that an article gives."""
    id_ = ids.account_id(article.id, (e for raw in raws for e in raw.evidence))
    made: list[Claim] = []
    for raw in raws:
        about = None if raw.about is None else made[raw.about].id
        made.append(
            Claim(
                id=ids.claim_id(id_, raw.field, raw.value, raw.evidence, about),
                account=id_,
                field=raw.field,
                value=raw.value,
                text=raw.text,
                status=raw.status,
                evidence=raw.evidence,
                derivation=raw.derivation,
                about=about,
            )
        )
    published = article.reference.published
    return Account(
        id=id_,
        article=article.id,
        source=article.source,
        published=str(published) if published else None,
        origin=article.id,
        role=role,
        primary=article.primary and role == "reported",
        claims=_in_order(made),
    )


def doubted(account: Account, warnings: Iterable[Warning]) -> Account:
    """The account with these warnings, each once and signed, in the order of the text."""
    signed = dict.fromkeys(warning.model_copy(update={"account": account.id}) for warning in warnings)
    ordered = sorted(signed, key=lambda w: (*_place(w.evidence), w.code, w.message))
    return account.model_copy(update={"warnings": tuple(ordered)})


def joined(first: Account, second: Account) -> Account:
    """Two accounts on the very same words as one; it is reported if either is."""
    reported = "reported" in (first.role, second.role)
    both = first.model_copy(
        update={
            "role": "reported" if reported else "background",
            "primary": first.primary or second.primary,
            "claims": _in_order((*first.claims, *second.claims)),
        }
    )
    return doubted(both, (*first.warnings, *second.warnings))


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims by field and place in the text, each once and followed by its attributes."""
    once = {claim.id: claim for claim in sorted(claims, key=_rank, reverse=True)}
    about: dict[str | None, list[Claim]] = {}
    for claim in reversed(once.values()):
        about.setdefault(claim.about, []).append(claim)
    return tuple(claim for top in about.get(None, ()) for claim in (top, *about.get(top.id, ())))


def _rank(claim: Claim) -> tuple[int, str, float, float, str, str, str]:
    field = _ORDER.get(claim.field, len(_ORDER))
    return field, claim.field, *_place(claim.evidence), claim.value, claim.text, str(claim.derivation)


def _place(evidence: Sequence[Evidence]) -> tuple[float, float]:
    """Where evidence stands; what stands nowhere comes last."""
    first = evidence[0] if evidence else None
    return (first.start, first.end) if first and first.start is not None and first.end is not None else (inf, inf)
