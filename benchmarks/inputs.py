"""What everybody is measured with, on disk: the articles, and the requests that this project makes of them.

    FOLDER/articles/NNNNNN.txt    the articles
    FOLDER/asked/NNNNNN.txt       the message that shows an article to the model
    FOLDER/request.json           what all requests share: messages, schema

So peers send the very words that this project sends, without running any of it.
"""

import json
from pathlib import Path

from benchmarks.articles import article
from extractor.protocol.wire import draft_schema
from extractor.read import read_text
from extractor.templates import load_prompt, render


def make(folder: Path, articles: int, *, first: int = 0, seed: int = 1, asked: bool = True) -> Path:
    """So many articles, numbered from `first`; without `asked` the articles alone. Returns the folder."""
    for name in ("articles", "asked"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shared = {"messages": load_prompt().fixed, "schema": draft_schema()}
    (folder / "request.json").write_text(json.dumps(shared), "utf-8")
    for number in range(first, first + articles):
        text, name = article(number, seed), f"{number:06}.txt"
        (folder / "articles" / name).write_text(text, "utf-8")
        if asked:
            (folder / "asked" / name).write_text(render(read_text(text)), "utf-8")
    return folder
