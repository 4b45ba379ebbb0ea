"""langextract with its OpenAI provider: prompt and example of its own, quotes aligned by it.

An article is one request (`max_char_buffer` above its length), and as many are
in flight as elsewhere. Replies have its form: `benchmarks.mock --reply langextract`.
"""

import langextract as lx  # type: ignore[import-not-found] # lives in an environment of its own

from benchmarks.peers.measure import Job, measure

_PROMPT = (
    "Extract the diplomatic meetings that the article reports, their participants, what was agreed, and what was said. "
    "Use the exact words of the text, in order of appearance."
)
_EXAMPLE = lx.data.ExampleData(
    text=(
        "Fijian Foreign Minister Mele Tuivaga met her Tongan counterpart, Sione Fifita, in Suva on Monday. "
        'They agreed to chart the reefs. "It was time," Fifita told reporters.'
    ),
    extractions=[
        lx.data.Extraction("participant", "Mele Tuivaga", attributes={"represents": "Fiji"}),
        lx.data.Extraction(
            "meeting",
            "met her Tongan counterpart",
            attributes={"level": "ministers", "format": "in_person", "city": "Suva", "date": "on Monday"},
        ),
        lx.data.Extraction("participant", "Sione Fifita", attributes={"represents": "Tonga"}),
        lx.data.Extraction("outcome", "agreed to chart the reefs", attributes={"kind": "agreement"}),
        lx.data.Extraction("statement", "It was time,", attributes={"speaker": "Sione Fifita"}),
    ],
)


def _work(job: Job) -> int:
    found = lx.extract(
        [lx.data.Document(text=file.read_text("utf-8")) for file in job.articles],
        prompt_description=_PROMPT,
        examples=[_EXAMPLE],
        config=lx.factory.ModelConfig(
            model_id="mock",
            provider="OpenAILanguageModel",
            provider_kwargs={"api_key": "none", "base_url": job.url, "max_workers": job.jobs},
        ),
        max_char_buffer=10_000,
        batch_length=job.jobs,
        max_workers=job.jobs,
        show_progress=False,
    )
    return sum(
        any(e.extraction_class == "meeting" and e.char_interval for e in document.extractions or ())
        for document in found
    )


if __name__ == "__main__":
    measure(_work)
