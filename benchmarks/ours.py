"""This project as it is used: files read, asked, grounded, kept in a new workspace on the disk.

Takes the arguments of `benchmarks.peers.measure`, and prints the same line.
"""

import tempfile
from pathlib import Path

from benchmarks.peers.measure import Job, measure
from extractor.pipeline import extract
from extractor.schemas import Outcomes
from extractor.settings import Settings


def _work(job: Job) -> int:
    settings = Settings(model="mock", base_url=job.url, jobs=job.jobs)
    with tempfile.TemporaryDirectory() as folder:
        tally = extract([job.inputs / "articles"], settings, db=Path(folder) / "workspace.db")
    return tally.counts[Outcomes.RECORDS]


if __name__ == "__main__":
    measure(_work)
