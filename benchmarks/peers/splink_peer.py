"""Splink over a file of accounts, as somebody who knows it would set it up.

    python -m benchmarks.peers.splink_peer FILE OUT [--guarded]

Its own recipe throughout: columns prepared in DuckDB; blocking rules that are
equi-joins; comparisons whose levels were looked at in its match weights
chart; u by random sampling, the prior by deterministic rules, m by
expectation maximisation over blocking rules that leave each comparison free at
least once; term frequencies for parties, cities and gatherings;
connected components over a threshold, or with `--guarded` average linkage of
the match weights. Two accounts of one article are never
compared: its reader took them for two meetings.

The thresholds were chosen by B-cubed F1 on accounts of another seed.
"""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb  # type: ignore[import-not-found,unused-ignore] # lives in an environment of its own
import splink.comparison_level_library as cll  # type: ignore[import-not-found] # as does Splink
import splink.comparison_library as cl  # type: ignore[import-not-found]
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule  # type: ignore[import-not-found]

from benchmarks.peers import guarded
from benchmarks.peers.contest import contest

_THRESHOLD = 0.9995
"""Match probability from which two accounts are linked: a chain of links needs sure ones."""
_JOINED, _MISSING = 6, -20
"""Of the guarded linkage, in half bits: the mean weight from which on groups join, and what a pair below it counts."""

_PREPARED = """
create table accounts as
with read as (
    select * replace (nullif(date, '') as date, try_cast(nullif(published, '') as date) as published,
                      nullif(city, '') as city, nullif(country, '') as country, nullif(host_event, '') as host_event,
                      nullif(level, '') as level, nullif(format, '') as format)
    from read_csv(?, all_varchar = true, header = true)
),
cut as (
    select *,
        case when length(date) = 10 then cast(date as date) end as day,
        list_filter(string_split(parties, ';'), lambda x: x <> '') as party_list,
        list_transform(list_filter(string_split(coalesce(people, ''), ';'), lambda x: x <> ''),
                       lambda x: string_split(x, '|')) as named
    from read
),
told as (
    select *,
        coalesce(day, case when date is null and role = 'reported' then published end) as told_on,
        list_transform(named, lambda x: array_to_string(list_sort(string_split(
            regexp_replace(strip_accents(lower(x[1])), '[-.'']', '', 'g'), ' ')), ' ')) as names,
        list_filter(list_transform(named, lambda x: x[2]), lambda x: x <> '') as printed
    from cut
)
select
    account as unique_id, article, role, occurrence, date, day, published, told_on, city, country, host_event,
    level, format, parties, party_list,
    len(party_list) as size,
    case when length(date) >= 7 then substr(date, 1, 7) when told_on is not null then strftime(told_on, '%Y-%m') end
        as month,
    month as period,
    coalesce(substr(date, 1, 4), strftime(told_on, '%Y')) as year,
    length(date) = 4 as vague,
    date_diff('day', date '1970-01-01', told_on) // 7 as week,
    case when len(names) > 0 then names end as names,
    case when len(printed) > 0 then printed end as printed,
    case level when 'leaders' then 1 when 'ministers' then 2 when 'senior_officials' then 3 when 'working' then 4 end
        as rank,
    list_filter(string_split(lower(host_event), ' '), lambda x: length(x) > 3) as event_words,
    case when len(names) > 0 then list_distinct(list_filter(string_split(array_to_string(names, ' '), ' '),
                                                            lambda x: length(x) > 2)) end as words
from told
"""


def _settings() -> Any:
    apart = "l.article <> r.article"
    nested = "(list_has_all(l.party_list, r.party_list) or list_has_all(r.party_list, l.party_list))"
    rules = [
        f"l.parties = r.parties and l.week = r.week and {apart}",
        f"l.parties = r.parties and l.week = r.week + 1 and {apart}",
        f"l.parties = r.parties and l.week = r.week - 1 and {apart}",
        f"l.parties = r.parties and l.month = r.month and {apart}",
        f"l.parties = r.parties and l.year = r.year and (l.vague or r.vague) and {apart}",
        f"l.country = r.country and l.day = r.day and {nested} and {apart}",
        f"l.country = r.country and l.week = r.week and l.level = r.level and {nested} and {apart}",
        f"l.host_event = r.host_event and l.week = r.week and {nested} and {apart}",
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            *(CustomRule(rule, sql_dialect="duckdb") for rule in rules),
            CustomRule(
                f"l.names = r.names and l.month = r.month and {nested} and {apart}",
                sql_dialect="duckdb",
                arrays_to_explode=["names"],
            ),
        ],
        comparisons=[_time(), _parties(), _place(), _level(), _event(), cl.ExactMatch("format"), _people()],
        retain_matching_columns=False,
        additional_columns_to_retain=["article"],
    )


def _levels(column: str, *conditions: str, null: str) -> Any:
    """A comparison of conditions in SQL, from the closest on; what meets none is the rest."""
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.CustomLevel(null).configure(is_null_level=True),
            *(cll.CustomLevel(condition) for condition in conditions),
            cll.ElseLevel(),
        ],
    )


def _time() -> Any:
    days = "abs(date_diff('day', day_l, day_r))"
    news = "abs(date_diff('day', told_on_l, told_on_r))"
    return _levels(
        "time",
        f"{days} = 0",
        f"{days} = 1",
        f"{days} = 2",
        f"{days} <= 9",
        f"{days} > 9",
        f"{news} <= 1",
        f"{news} <= 3",
        f"{news} <= 14",
        f"{news} > 14",
        "month_l = month_r",
        "month_l <> month_r",
        "year_l = year_r",
        null="year_l is null or year_r is null",
    )


def _parties() -> Any:
    shared = "len(list_intersect(party_list_l, party_list_r))"
    return cl.CustomComparison(
        output_column_name="parties",
        comparison_levels=[
            cll.CustomLevel("size_l = 0 or size_r = 0").configure(is_null_level=True),
            cll.ExactMatchLevel("parties", term_frequency_adjustments=True),
            cll.CustomLevel(f"{shared} >= 2 and {shared} = least(size_l, size_r)"),
            cll.CustomLevel(f"{shared} = 1 and least(size_l, size_r) = 1").configure(
                m_probability=0.06, fix_m_probability=True
            ),
            cll.CustomLevel(f"{shared} >= 2"),
            cll.CustomLevel(f"{shared} = 1"),
            cll.ElseLevel(),
        ],
    )


def _place() -> Any:
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.CustomLevel(
                "(city_l is null or city_r is null) and (country_l is null or country_r is null)"
            ).configure(is_null_level=True),
            cll.ExactMatchLevel("city", term_frequency_adjustments=True),
            cll.CustomLevel("city_l <> city_r and country_l = country_r"),
            cll.CustomLevel("city_l <> city_r"),
            cll.ExactMatchLevel("country", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )


def _level() -> Any:
    return _levels(
        "level",
        "level_l = level_r",
        "abs(rank_l - rank_r) = 1",
        null="level_l is null or level_r is null",
    )


def _event() -> Any:
    return cl.CustomComparison(
        output_column_name="host_event",
        comparison_levels=[
            cll.NullLevel("host_event"),
            cll.ExactMatchLevel("host_event", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("host_event", 0.88),
            cll.CustomLevel("len(list_intersect(event_words_l, event_words_r)) > 0"),
            cll.ElseLevel(),
        ],
    )


def _people() -> Any:
    same = "len(list_intersect(names_l, names_r))"
    alike = "list_max(list_transform(names_r, lambda y: jaro_winkler_similarity(x, y))) >= 0.9"
    matched = f"len(list_filter(names_l, lambda x: {alike}))"
    return _levels(
        "people",
        f"{same} >= 2",
        f"{matched} >= 2",
        f"{same} = 1",
        f"{matched} = 1",
        "len(list_intersect(words_l, words_r)) >= 1 or len(list_intersect(printed_l, printed_r)) >= 1",
        null="names_l is null or names_r is null",
    )


def _train(linker: Any) -> None:
    """The model's parameters, none of them from the truth."""
    linker.training.estimate_probability_two_random_records_match(
        [block_on("parties", "day", "city", "level"), block_on("parties", "day", "names", arrays_to_explode=["names"])],
        recall=0.5,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (
        block_on("parties", "day"),
        block_on("names[1]", "names[2]", "period"),
    ):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def _trained_linker(file: Path) -> Any:
    connection = duckdb.connect()
    connection.execute("set threads = 2; set memory_limit = '6GB'; set preserve_insertion_order = false")
    connection.execute(_PREPARED, [str(file)])
    linker = Linker(DuckDBAPI(connection=connection).register("accounts"), _settings())
    _train(linker)
    return linker


def _components(linker: Any) -> Iterable[tuple[str, str]]:
    """What Splink itself makes of the pairs."""
    pairs = linker.inference.predict(threshold_match_probability=_THRESHOLD)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, _THRESHOLD)
    return _rows(found, "unique_id, cluster_id")


def _guarded(linker: Any, accounts: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Guarded average linkage of the match weights, in half bits."""
    number = {account: at for at, (account, _) in enumerate(accounts)}
    pairs = linker.inference.predict(threshold_match_weight=_MISSING / 2)
    weights = _rows(pairs, "unique_id_l, unique_id_r, cast(round(match_weight * 2) as integer)")
    numbered = [(number[left], number[right], weight) for left, right, weight in weights]
    groups = guarded.linked([article for _, article in accounts], numbered, _JOINED, _MISSING)
    return ((account, accounts[group][0]) for (account, _), group in zip(accounts, groups, strict=True))


def _rows(table: Any, columns: str) -> list[Any]:
    rows: list[Any] = table.as_duckdbpyrelation().select(columns).fetchall()
    return rows


def _link(file: Path, guard: bool) -> Iterable[tuple[str, str]]:
    linker = _trained_linker(file)
    if not guard:
        return _components(linker)
    query = "select account, article from read_csv(?, all_varchar = true) order by account"
    return _guarded(linker, duckdb.connect().execute(query, [str(file)]).fetchall())


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    contest(_link)
