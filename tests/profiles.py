"""Profiles of invented accounts, for linking alone."""

from hypothesis import strategies as st

from extractor import profile
from extractor.profile import Kind, Person, Place, Profile, Words

_DAYS = ("2031-03-03", "2031-03-04", "2031-03-20", "2031-03", "2031", "2031-03-03/2031-03-05", "XXXX-03-03", None)
_PUBLISHED = ("2031-03-03", "2031-03-05", "2031-02-20", "2032-01-10", None)
_PEOPLE = (
    Person("Achieng Otieno", "KEN"), Person("A. Otieno", "KEN"), Person("Otieno", None), Person("Nils Solberg", "NOR"),
    Person("Ingrid Solberg", "NOR"), Person("Solberg", "NOR"), Person("Min Do-hoon", "KOR"),
    Person("Do Hun Min", "KOR"),
)  # fmt: skip
_QUOTE = (" no port will ever close to ships ", "No port will ever close to ships")
_WORDS = (Words(), Words(quotes=(_QUOTE,)), Words(distinctions=(("third", "round", "third round"),)))


@st.composite
def _profiles(draw: st.DrawFn, number: int) -> Profile:
    level = draw(st.sampled_from(["ministers", "leaders", None]))
    occurrence = draw(st.sampled_from(["held", "held", "planned", "cancelled", None]))
    date, published = draw(st.sampled_from(_DAYS)), draw(st.sampled_from(_PUBLISHED))
    people = profile.delegations(draw(st.lists(st.sampled_from(_PEOPLE), max_size=3, unique=True)), level)
    parties = draw(st.sampled_from([("KEN", "NOR"), ("KEN", "NOR"), ("KEN", "KOR", "NOR"), ("NOR",), ()]))
    return Profile(
        f"a-{draw(st.integers(0, 9))}{number:02}",
        f"article {draw(st.integers(0, 3 * number + 3))}",
        profile.when(date, published, occurrence, draw(st.sampled_from(["reported", "background"]))),
        Place(draw(st.sampled_from(["Oslo", "OSLO", "Bergen", None])), draw(st.sampled_from(["Bygdøy", None])), "NOR"),
        draw(st.sampled_from(["G20 summit", "the G20", None])),
        Kind(level, draw(st.sampled_from(["in_person", "phone", None]))),
        profile.parties(parties, people),
        people,
        draw(st.sampled_from(_WORDS)),
    )


@st.composite
def profiles(draw: st.DrawFn, *, most: int = 12) -> list[Profile]:
    """Profiles of accounts that may tell of a few meetings, with different ids."""
    return [draw(_profiles(number)) for number in range(draw(st.integers(0, most)))]
