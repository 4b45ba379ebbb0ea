"""The tables of the workspace. Their types are portable."""

import sqlalchemy as sa

from extractor.store.columns import Packed, Words, digest

VERSION = 4
"""Of the tables. A workspace of another version is refused, never guessed at."""

TABLES = sa.MetaData()
workspace = sa.Table(
    "workspace",
    TABLES,
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("reconciled", Words),  # the state of which the meetings are
)
articles = sa.Table(
    "articles",
    TABLES,
    sa.Column("id", digest(), primary_key=True),
    sa.Column("text", Words, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),  # rows of number, paragraph, start, end
    sa.Column("reference", sa.JSON, nullable=False),
)
sightings = sa.Table(
    "sightings",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("path", Words),
    sa.Column("url", Words),
    sa.Column("publisher", Words),
    sa.Column("published", sa.Date),
    sa.Column("language", Words),
    sa.Column("primary", sa.Boolean, nullable=False),
    sa.Column("reader", Words),
    sa.Column("run", sa.Integer),  # which saw it first
    sa.Index("sightings_url", "url", postgresql_using="hash"),  # which takes a URL of any length
    sqlite_autoincrement=True,  # a number is never used again
)
sources = sa.Table(  # what was read before needs no reading
    "sources",
    TABLES,
    sa.Column("digest", digest(), primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False, index=True),
)
unread = sa.Table(  # what gave no text, and why
    "unread",
    TABLES,
    sa.Column("path", Words, primary_key=True),
    sa.Column("reason", Words, nullable=False),
)
prompts = sa.Table(  # the fixed part of requests, kept once
    "prompts",
    TABLES,
    sa.Column("digest", digest(), primary_key=True),
    sa.Column("body", Packed, nullable=False),
)
calls = sa.Table(
    "calls",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", digest(), nullable=False, index=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("other", sa.ForeignKey("articles.id"), index=True),  # the second article of a call about two
    sa.Column("digest", digest(), nullable=False),
    sa.Column("prompt", sa.ForeignKey("prompts.digest"), nullable=False),
    sa.Column("request", Packed, nullable=False),  # without what stands in the prompt
    sa.Column("reply", Packed, nullable=False),
    sa.Column("share", sa.String(8), nullable=False),  # of the list price that was paid for it
    sa.Column("void", sa.Boolean, nullable=False),  # kept, but of no use: never an answer again
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Index("calls_article_digest", "article", "digest"),
)
batches = sa.Table(  # jobs of the Batch API
    "batches",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", digest(36), nullable=False),  # by which it is found there if we died before we knew its name
    sa.Column("remote", Words),  # its name there
    sa.Column("endpoint", Words, nullable=False),
    sa.Column("run", sa.Integer, nullable=False),  # which submitted it
    sa.Column("status", Words, nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("completed", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("reason", Words),
    sa.Column("created_at", sa.String(32), nullable=False),
)
pending = sa.Table(  # requests that wait for a reply from a file
    "pending",
    TABLES,
    sa.Column("key", digest(), primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("digest", digest(), nullable=False),
    sa.Column("prompt", sa.ForeignKey("prompts.digest"), nullable=False),
    sa.Column("request", Packed, nullable=False),
    sa.Column("batch", sa.ForeignKey("batches.id"), index=True),  # none: due
    sa.Index("pending_article_digest", "article", "digest"),
)
leases = sa.Table(  # which run asks about an article just now
    "leases",
    TABLES,
    sa.Column("article", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("digest", digest(), primary_key=True),
    sa.Column("run", sa.Integer, nullable=False, index=True),
)
extractions = sa.Table(
    "extractions",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),  # grows: the newest is the highest, whatever clocks say
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("digest", digest(), nullable=False),
    sa.Column("model", Words, nullable=False),
    sa.Column("prompt", digest(), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("reason", Words),
    sa.Column("draft", sa.JSON(none_as_null=True)),
    sa.Column("accounts", sa.Integer, nullable=False),
    sa.Column("ungrounded", sa.Integer, nullable=False),
    sa.Column("usage", sa.JSON, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Index("extractions_article_digest", "article", "digest"),
    sqlite_autoincrement=True,
)
decisions = sa.Table(  # what people judged
    "decisions",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("record", Words, nullable=False),  # without its number
    sqlite_autoincrement=True,
)
verdicts = sa.Table(  # what a model judged of two accounts
    "verdicts",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),  # grows: the newest is the highest
    sa.Column("first", digest(32), nullable=False),  # the ids of the accounts, sorted
    sa.Column("second", digest(32), nullable=False),
    sa.Column("first_article", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("second_article", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("answer", sa.String(16), nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("model", Words, nullable=False),
    sa.Column("digest", digest(), nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sqlite_autoincrement=True,
)
meetings = sa.Table(  # what was reconciled last; it can be made again at any time
    "meetings",
    TABLES,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("record", Packed, nullable=False),
)
questions = sa.Table(  # what the rules were least sure of then, in the order in which people are asked
    "questions",
    TABLES,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("record", Packed, nullable=False),
)
aliases = sa.Table(  # all ids that meetings have had, by their accounts
    "aliases",
    TABLES,
    sa.Column("meeting", Words, primary_key=True),
    sa.Column("account", digest(32), primary_key=True, index=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("standing", sa.Boolean, nullable=False),  # whether a meeting has this id still
    sqlite_with_rowid=False,
)
runs = sa.Table(
    "runs",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", sa.String(32), nullable=False),
    sa.Column("finished", sa.String(32)),
    sa.Column("model", Words, nullable=False),
    sa.Column("endpoint", Words, nullable=False),
    sa.Column("prompt", digest(), nullable=False),
    sa.Column("digest", digest(), nullable=False),
    sa.Column("stopped", Words),  # why it ended before its time
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("usage", sa.JSON, nullable=False),
)
