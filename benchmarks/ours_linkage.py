"""This project's linking of a file of accounts.

See `benchmarks.peers.contest` for what it is called with and what it prints.
DuckDB reads the file as a table of profiles, as a workspace keeps them;
`compared` gives the same of one account, and a test holds the two together.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks import synthetic
from benchmarks.peers.contest import contest
from extractor import profile
from extractor.evaluate import fit
from extractor.labels import to_label
from extractor.linking.archive import Archive
from extractor.linking.levels import Levels
from extractor.linking.pairs import Teller, compare
from extractor.profile import IN_PERSON, Kind, Person, Place, Profile
from extractor.weights import Weights, standard

ROWS = f"""
WITH told AS (
    SELECT *, coalesce(nullif(format, ''), CASE WHEN city <> '' THEN '{IN_PERSON}' ELSE '' END) AS form,
        CASE WHEN occurrence IN ('planned', 'postponed') THEN 'planned' WHEN occurrence = 'cancelled' THEN 'off'
            WHEN role = 'reported' AND occurrence = 'held' THEN 'news' ELSE 'told' END AS tense
    FROM read_csv($file, all_varchar = true, header = true, nullstr = '\\x00')
), named AS (
    SELECT account, party, party || chr(31) || CASE WHEN level <> '' THEN 'ranked' ELSE '' END || chr(31)
        || string_agg(DISTINCT name, chr(31) ORDER BY name) AS text
    FROM (
        SELECT account, level, split_part(one, '|', 3) AS party, split_part(one, '|', 1) AS name
        FROM (SELECT account, level, unnest(string_split(people, ';')) AS one FROM told WHERE people <> '')
    )
    GROUP BY account, level, party
), delegations AS (
    SELECT account, string_agg(text, chr(30) ORDER BY party) AS people, list(party) AS voices FROM named GROUP BY account
), met AS (
    SELECT told.*, delegations.people AS delegations, coalesce(voices, []) AS voices,
        list_sort(list_distinct(string_split(parties, ';'))) AS codes
    FROM told LEFT JOIN delegations USING (account)
), spoken AS (
    SELECT *, CASE WHEN list_contains(voices, '') OR len(list_intersect(voices, codes)) < 2 THEN []
        ELSE list_filter(codes, lambda code: NOT list_contains(voices, code)) END AS unspoken
    FROM met
)
SELECT account, article,
    CASE WHEN length(date) = 10 AND date NOT LIKE '%X%' AND date NOT LIKE '%/%' THEN concat_ws(chr(31), date, '', 'told')
        WHEN date = '' AND published = '' AND tense = 'told' THEN ''
        ELSE concat_ws(chr(31), date, published, tense) END AS "when",
    CASE WHEN city = '' AND country = '' THEN '' ELSE concat_ws(chr(31), city, '', country) END AS place,
    host_event AS host,
    CASE WHEN level = '' AND form = '' THEN '' ELSE concat_ws(chr(31), level, form, '') END AS kind,
    concat_ws(chr(31), array_to_string(codes, ' '), nullif(array_to_string(unspoken, ' '), '')) AS parties,
    coalesce(delegations, '') AS people, '' AS words
FROM spoken
"""  # noqa: E501, S608 - a line of SQL is a line; a constant of ours
"""The rows of `extractor.linking.texts` for a file of accounts."""


LABELLED = 3_000, 2
"""The accounts of which pairs are labelled, and the seed that makes them."""
LABELS = 300


def compared(row: synthetic.Row) -> Profile:
    """What is compared of an account."""
    level = row.level or None
    people = profile.delegations([Person(one.name, one.represents or None) for one in row.people], level)
    return Profile(
        row.account,
        row.article,
        profile.when(row.date or None, row.published or None, row.occurrence or None, row.role),
        Place(row.city or None, None, row.country or None),
        row.host_event or None,
        Kind(level, row.format or (IN_PERSON if row.city else None)),
        profile.parties(row.parties, people),
        people,
    )


def link(file: Path, weights: Weights) -> Levels:
    """The accounts of a file, grouped."""
    archive = Archive(weights)
    archive.add_table(ROWS.replace("$file", f"'{file}'"))
    levels = Levels(archive)
    levels.place()
    return levels


def learnt() -> Weights:
    """Weights from a few labelled pairs of other accounts than those that are linked."""
    rows = list(synthetic.rows(*LABELLED))
    told = {profile.account: profile for profile in map(compared, rows)}
    meeting = {row.account: row.meeting for row in rows}
    scores = compare(sorted(told.values()), Teller(list(told.values()), standard())).scores
    pairs = to_label(scores, standard().threshold, LABELS)
    examples = [fit.example(told[a], told[b], same=meeting[a] == meeting[b]) for a, b in pairs]
    return fit.learned(examples, standard())


def _link(file: Path, labelled: bool) -> Iterable[tuple[str, str]]:
    levels = link(file, learnt() if labelled else standard())
    return zip(levels.accounts, map(str, levels.groups.tolist()), strict=True)


if __name__ == "__main__":
    contest(_link, "--learnt", "with weights that are learnt first, from labelled pairs of other accounts")
