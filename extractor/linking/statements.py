"""Statements: what the archive asks of DuckDB.

An account is a row of `member`, its facets are numbers; what each two values
of a facet say stands in `…_told`, by topic (NULL where one of them is silent).
"""
# ruff: noqa: E501, S608 - a line of SQL is a line; all that is put into a statement are names that stand in this file

from collections.abc import Mapping, Sequence

FACETS = ("when", "place", "host", "kind", "parties", "words")
"""The facets of which an account has one value."""
JUDGED: Mapping[str, Sequence[str]] = {
    "when": ("date", "news"), "place": ("place",), "host": ("host",), "kind": ("level", "format"),
    "parties": ("parties",), "words": ("words",), "delegation": ("person",),
}  # fmt: skip
"""The topics on which each facet speaks."""
SHAPED = ("when", "delegation")
"""Facets of which most pairs are alike but for the values that they stand for: one of each shape is compared."""
TOPICS = tuple(topic for topics in JUDGED.values() for topic in topics)
KEYED = ("place", "host", "delegation")
"""Facets that give keys of their own, besides the parties."""

TABLES = f"""
CREATE TABLE arrival (account VARCHAR, article VARCHAR, "when" VARCHAR, place VARCHAR, host VARCHAR, kind VARCHAR,
    parties VARCHAR, people VARCHAR, words VARCHAR);
{"".join(f"CREATE TABLE {facet}_value (text VARCHAR, code INTEGER);" for facet in (*FACETS, "delegation"))}
CREATE TABLE days (code INTEGER, start INTEGER, stop INTEGER, size TINYINT,
    near_start INTEGER, near_stop INTEGER, near_size TINYINT, shape INTEGER, anchor INTEGER, dated INTEGER);
CREATE TABLE parties_key (code INTEGER, key INTEGER, asks BOOLEAN);
{"".join(f"CREATE TABLE {facet}_key (code INTEGER, key INTEGER);" for facet in KEYED)}
CREATE TABLE member (i INTEGER, account VARCHAR, article UBIGINT,
    {", ".join(f'"{facet}" INTEGER' for facet in FACETS)},
    start INTEGER, stop INTEGER, size TINYINT, near_start INTEGER, near_stop INTEGER, near_size TINYINT,
    shape INTEGER, anchor INTEGER, dated INTEGER);
CREATE TABLE delegate (i INTEGER, delegation INTEGER, party INTEGER);
CREATE TABLE delegation_party (code INTEGER, party INTEGER, names INTEGER, ranked BOOLEAN);
CREATE TABLE delegation_mark (code INTEGER, mark INTEGER);
CREATE TABLE named (i INTEGER, key INTEGER);
CREATE TABLE headcount (i INTEGER, names INTEGER);
CREATE TABLE run (i INTEGER, run UBIGINT);
CREATE TABLE words_run (code INTEGER, run UBIGINT);
{
    "".join(
        f"CREATE TABLE {facet}_told ({'k BIGINT' if facet in SHAPED else 'a INTEGER, b INTEGER'}, "
        f"{', '.join(f'{topic} SMALLINT' for topic in topics)});"
        for facet, topics in JUDGED.items()
    )
}
CREATE TABLE close (l INTEGER, r INTEGER, total SMALLINT);
CREATE TABLE said (l INTEGER, r INTEGER, model SMALLINT);
CREATE TABLE apart (l INTEGER, r INTEGER);

CREATE MACRO entries(since) AS TABLE SELECT * FROM (
    SELECT k.key, 0 AS place, k.asks, i, article, near_start AS start, near_stop AS stop, near_size AS size
    FROM member m JOIN parties_key k ON k.code = m.parties
    UNION ALL SELECT k.key, p.key, k.asks AND size > 0, i, article, start, stop, size
    FROM member m JOIN parties_key k ON k.code = m.parties JOIN place_key p ON p.code = m.place
    UNION ALL SELECT k.key, p.key, k.asks AND size > 0, i, article, start, stop, size
    FROM member m JOIN parties_key k ON k.code = m.parties JOIN host_key p ON p.code = m.host
    UNION ALL SELECT 0, p.key, parties = 0, i, article, near_start, near_stop, near_size
    FROM member m JOIN place_key p ON p.code = m.place
    UNION ALL SELECT 0, p.key, parties = 0, i, article, near_start, near_stop, near_size
    FROM member m JOIN host_key p ON p.code = m.host
    UNION ALL SELECT 0, p.key, parties = 0, i, article, near_start, near_stop, near_size
    FROM member m JOIN named p USING (i)
) WHERE i >= since AND size IS NOT NULL;
CREATE TEMP TABLE entry AS FROM entries(0);
CREATE MACRO keyed(of, days) AS TABLE
    SELECT *, size = of AS whole, start // days AS bucket FROM entry WHERE size <= of
    UNION ALL SELECT *, size = of, stop // days FROM entry WHERE size <= of AND stop // days > start // days;
"""
"""A span that is no longer than a bucket is in one of them, or in two: that of its first day and that of its last."""


def coded(facet: str) -> str:
    """Numbers the values of a facet that are new."""
    source = '"' + facet + '" AS text FROM arrival' if facet != "delegation" else "text FROM delegation_arrival"
    return f"""
    INSERT INTO {facet}_value
        SELECT text, (SELECT count(*) FROM {facet}_value) + row_number() OVER (ORDER BY text) - 1
        FROM (SELECT DISTINCT {source}) ANTI JOIN {facet}_value USING (text)
    """


DELEGATIONS = """
CREATE OR REPLACE TEMP TABLE delegation_arrival AS
    SELECT account, unnest(string_split(people, chr(30))) AS text FROM arrival WHERE people <> ''
"""

ARRIVED = f"""
INSERT INTO member
    SELECT (SELECT count(*) FROM member) + row_number() OVER (ORDER BY account) - 1, account, hash(article),
        {", ".join(f'"of_{facet}".code' for facet in FACETS)},
        start, stop, size, near_start, near_stop, near_size, shape, anchor, dated
    FROM arrival {" ".join(f'JOIN {facet}_value AS "of_{facet}" ON "of_{facet}".text = arrival."{facet}"' for facet in FACETS)}
    JOIN days ON days.code = of_when.code;
INSERT INTO delegate
    SELECT m.i, v.code, p.party FROM delegation_arrival d JOIN (SELECT i, account FROM member WHERE i >= $first) m
    USING (account) JOIN delegation_value v USING (text) JOIN delegation_party p ON p.code = v.code;
INSERT INTO named
    SELECT DISTINCT i, key FROM delegate JOIN delegation_key ON code = delegation WHERE i >= $first;
INSERT INTO headcount
    SELECT i, sum(names) FROM delegate JOIN delegation_party ON code = delegation WHERE i >= $first GROUP BY i;
INSERT INTO run SELECT i, run FROM member JOIN words_run ON code = words WHERE i >= $first;
DELETE FROM arrival;
"""

ENTRIES = "CREATE OR REPLACE TEMP TABLE entry AS FROM entries(0)"
FOUND = "CREATE OR REPLACE TEMP TABLE found (l INTEGER, r INTEGER)"
ASKERS = "CREATE OR REPLACE TEMP TABLE asker AS SELECT * FROM keyed($size, $days) WHERE asks AND whole"
SUSPECT = """
CREATE OR REPLACE TEMP TABLE suspect AS
    WITH asked AS (SELECT key, place, count(DISTINCT i) AS n FROM asker GROUP BY key, place)
    SELECT key, place FROM (
        SELECT key, place, count(*) AS n FROM keyed($size, $days) SEMI JOIN asked USING (key, place) GROUP BY key, place
    ) k JOIN asked USING (key, place) WHERE k.n * asked.n > $most
"""
"""Keys and places that have more entries than a block may cost."""
LARGE = """
CREATE OR REPLACE TEMP TABLE large AS
    WITH counted AS (
        SELECT key, place, bucket, count(*) AS n, count(*) FILTER (NOT asks) AS unasking, max(i) AS latest,
            count(*) FILTER (NOT whole) AS shorter, count(*) FILTER (NOT asks AND NOT whole) AS neither
        FROM keyed($size, $days) SEMI JOIN suspect USING (key, place) GROUP BY key, place, bucket
    )
    SELECT key, place, bucket, n,
        (n * (n - 1) - unasking * (unasking - 1) - shorter * (shorter - 1) + neither * (neither - 1)) // 2 AS cost
    FROM counted WHERE cost > $most AND unasking < n AND shorter < n AND latest >= $first
"""
"""The blocks that cost too much: all pairs less those in which nobody asks or nobody's span is a whole one."""
_MEET = """
    a.start <= b.stop AND b.start <= a.stop AND a.bucket = greatest(a.start, b.start) // $days
    AND a.article <> b.article AND greatest(a.i, b.i) >= $first
"""
_BLOCK = """INSERT INTO found SELECT DISTINCT least(a.i, b.i), greatest(a.i, b.i)
    FROM {left} a JOIN {right} b USING (key, place, bucket) ANTI JOIN large x USING (key, place, bucket) WHERE {where}"""
BLOCKS = (
    _BLOCK.format(
        left="asker", right="keyed($size, $days)", where=f"(NOT (b.asks AND b.whole) OR b.i < a.i) AND {_MEET}"
    ),
    _BLOCK.format(
        left="(SELECT * FROM keyed($size, $days) WHERE asks AND NOT whole)",
        right="(SELECT * FROM keyed($size, $days) WHERE NOT asks AND whole)",
        where=_MEET,
    ),
)
"""Who asks meets all; who asks with a shorter span meets those of whole ones that do not ask."""

MEETING = """
INSERT INTO found SELECT DISTINCT least(one, other), greatest(one, other)
    FROM meeting JOIN member a ON a.i = one JOIN member b ON b.i = other WHERE a.article <> b.article
"""
"""The pairs that accounts who came later give."""

_KEY = """CASE WHEN greatest(a.shape, b.shape) < 8
    THEN (least(a.shape, b.shape) * 8 + greatest(a.shape, b.shape)) * 16777216 + 8388608 + CASE
        WHEN a.shape < b.shape THEN b.anchor - a.anchor WHEN a.shape > b.shape THEN a.anchor - b.anchor
        ELSE abs(a.anchor - b.anchor) END
    WHEN least(a.dated, b.dated) > 0
        THEN -1 - least(a.dated, b.dated)::BIGINT * 1073741824 - greatest(a.dated, b.dated)
    ELSE 1099511627776 + least(a."when", b."when")::BIGINT * 1073741824 + greatest(a."when", b."when") END"""
"""Where only the distance of two days counts, it is the key; where both tell a date, the dates; else the values."""
VALUED = f"""
CREATE OR REPLACE TEMP TABLE valued AS
    SELECT p.l, p.r, {_KEY} AS k, least(a."when", b."when") AS when_a, greatest(a."when", b."when") AS when_b,
        {
    ", ".join(
        f"least(a.{facet}, b.{facet}) AS {facet}_a, greatest(a.{facet}, b.{facet}) AS {facet}_b"
        for facet in FACETS
        if facet != "when"
    )
}
    FROM pair p JOIN member a ON a.i = p.l JOIN member b ON b.i = p.r
"""
"""The pairs with their values; every comparison is symmetric."""
SHARED = """
CREATE OR REPLACE TEMP TABLE shared AS
    SELECT DISTINCT p.l, p.r FROM pair p JOIN run a ON a.i = p.l JOIN run b ON b.i = p.r AND b.run = a.run
"""
"""The pairs that share words."""
MET = """
CREATE OR REPLACE TEMP TABLE met AS
    SELECT p.l, p.r, least(a.delegation, b.delegation) AS a, greatest(a.delegation, b.delegation) AS b
    FROM pair p JOIN delegate a ON a.i = p.l JOIN delegate b ON b.i = p.r
    WHERE a.party = b.party OR a.party = 0 OR b.party = 0;
CREATE OR REPLACE TEMP TABLE kin AS
    SELECT DISTINCT m.a, m.b, 1099511627776 + m.a::BIGINT * 1073741824 + m.b AS k
    FROM (SELECT DISTINCT a, b FROM met) m JOIN delegation_mark x ON x.code = m.a
    JOIN delegation_mark y ON y.code = m.b AND y.mark = x.mark;
CREATE OR REPLACE TEMP TABLE met AS
    SELECT l, r, a, b, coalesce(kin.k, CASE WHEN p.party = q.party THEN 1 ELSE 0 END
        + CASE WHEN p.party = 0 OR q.party = 0 THEN 2 ELSE 0 END + CASE WHEN p.names = 1 THEN 4 ELSE 0 END
        + CASE WHEN q.names = 1 THEN 8 ELSE 0 END + CASE WHEN p.ranked = q.ranked THEN 16 ELSE 0 END) AS k
    FROM met LEFT JOIN kin USING (a, b) JOIN delegation_party p ON p.code = a JOIN delegation_party q ON q.code = b
"""
"""The delegations that are compared. Those whose names have nothing in common differ in their shape alone."""


def untold(facet: str) -> str:
    """The key of each two values that stand in a pair and were not compared before, and the two values."""
    if facet == "when":
        return "SELECT k, min(when_a) AS a, arg_min(when_b, when_a) AS b FROM valued ANTI JOIN when_told USING (k) GROUP BY k"
    if facet == "delegation":
        return "SELECT k, min(a) AS a, arg_min(b, a) AS b FROM met ANTI JOIN delegation_told USING (k) GROUP BY k"
    source = {
        "words": "SELECT DISTINCT words_a AS a, words_b AS b FROM valued JOIN shared USING (l, r)",
    }.get(facet, f"SELECT DISTINCT {facet}_a AS a, {facet}_b AS b FROM valued WHERE {facet}_a > 0")
    return f"SELECT a, b FROM ({source}) ANTI JOIN {facet}_told USING (a, b)"


def _joined(facet: str) -> str:
    on = "of_when.k = v.k" if facet == "when" else f"of_{facet}.a = v.{facet}_a AND of_{facet}.b = v.{facet}_b"
    return f"LEFT JOIN {facet}_told of_{facet} ON {on}"


def _base(topics: Sequence[str]) -> str:
    return " + ".join(f"coalesce({topic}, 0)" for topic in topics)


POSSIBLE = f"""
CREATE OR REPLACE TEMP TABLE possible AS
    SELECT v.l, v.r FROM valued v {" ".join(_joined(facet) for facet in FACETS)}
    LEFT JOIN headcount a ON a.i = v.l LEFT JOIN headcount b ON b.i = v.r LEFT JOIN said s ON s.l = v.l AND s.r = v.r
    WHERE {_base([*(topic for topic in TOPICS if topic != "person"), "model"])}
        + $each * coalesce(least(a.names, b.names), 0) >= $least;
CREATE OR REPLACE TEMP TABLE valued AS SELECT * FROM valued SEMI JOIN possible USING (l, r);
CREATE OR REPLACE TEMP TABLE pair AS SELECT l, r FROM possible;
"""
"""The pairs that still reach a sum if all people that they name are the same."""

TOLD = f"""
CREATE OR REPLACE TEMP TABLE told AS
    SELECT v.l, v.r, {", ".join(topic for topic in TOPICS if topic != "person")}, p.person, s.model
    FROM valued v {" ".join(_joined(facet) for facet in FACETS)}
    LEFT JOIN (SELECT l, r, sum(person) AS person FROM met JOIN delegation_told USING (k) GROUP BY l, r) p USING (l, r)
    LEFT JOIN said s USING (l, r)
"""
"""What each pair says, by topic."""
FEW = f"""
CREATE OR REPLACE TEMP TABLE told AS
    SELECT l, r, {", ".join(f"nullif({topic}, $silent)::SMALLINT AS {topic}" for topic in TOPICS)}, s.model
    FROM few LEFT JOIN said s USING (l, r)
"""
"""The same of pairs that are told one by one."""
DONE = "".join(
    f"DROP TABLE IF EXISTS {table};"
    for table in (
        "entry",
        "asker",
        "suspect",
        "large",
        "found",
        "valued",
        "met",
        "kin",
        "possible",
        "shared",
        "pair",
        "told",
    )
)
ALL_TOPICS = (*TOPICS, "model")
TOTAL = _base(ALL_TOPICS)

FITTING = """
CREATE OR REPLACE TEMP TABLE fitting AS
    SELECT unit, "into", least(u.i, g.i) AS l, greatest(u.i, g.i) AS r,
        a.article = b.article OR apart.l IS NOT NULL AS forbidden
    FROM fit JOIN of_unit u USING (unit) JOIN of_group g USING ("into")
    JOIN member a ON a.i = u.i JOIN member b ON b.i = g.i
    LEFT JOIN apart ON apart.l = least(u.i, g.i) AND apart.r = greatest(u.i, g.i)
"""
FITS = f"""
SELECT unit, "into", round({" + ".join(f"coalesce(avg({topic}), 0)" for topic in ALL_TOPICS)}, 6) AS score,
    count(DISTINCT of_group.i) AS accounts
FROM fitting JOIN told USING (l, r) JOIN of_group USING ("into")
GROUP BY unit, "into" HAVING NOT bool_or(forbidden)
"""
"""How well each unit fits each group: what their pairs say of each topic on the average, added up."""
INSIDE = "SELECT a.i AS l, b.i AS r FROM component a JOIN component b ON a.c = b.c AND a.i < b.i"


def hard(threshold: int) -> str:
    """Tells whether all pairs of a component are alike, and nothing speaks against, so that it is one group."""
    return f"""
    CREATE OR REPLACE TEMP TABLE clear AS
        SELECT c, (count(*) = 1 OR bool_and(NOT mixed))
                AND bool_and(total >= {threshold} AND a.article <> b.article AND apart.l IS NULL) AS easy
        FROM (SELECT l, r, {TOTAL} AS total, least({", ".join(ALL_TOPICS)}) < 0 AS mixed FROM told) t
        JOIN component ON component.i = t.l JOIN member a ON a.i = t.l JOIN member b ON b.i = t.r
        LEFT JOIN apart ON apart.l = t.l AND apart.r = t.r GROUP BY c
    """


EASY = """SELECT i, min(i) OVER (PARTITION BY c) AS "into" FROM component JOIN clear USING (c) WHERE easy"""
OF_HARD = """
SELECT c, told.* FROM told JOIN component ON component.i = told.l JOIN clear USING (c) WHERE NOT easy ORDER BY c
"""
NULLED_DAYS = (
    "* REPLACE (" + ", ".join(f"nullif({c}, -32768) AS {c}" for c in ("near_start", "near_stop", "near_size")) + ")"
)
