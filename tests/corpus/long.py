"""The longest article of the corpus: the record of one day of talks on herring, put together from its parts.

What is told of the meeting lies far apart: day and place at the top, an
earlier meeting and the outcome half-way, the last words at the end. Between
them stands the reading of a protocol, article by article, and its annex.
`python -m tests.corpus.long FOLDER` writes the file into a folder.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

NAME = "22-long-record.txt"

_HEAD = """\
AGREED RECORD OF CONSULTATIONS
between Iceland and Norway on the management of herring in the Norwegian Sea

Tromsø, Norway, 12 May 1998

The Minister of Fisheries of Iceland, Mr Hallgrímur Bjarnfreðsson, and the Minister of Fisheries of Norway, Mr Oddvar\
 Kvalnes, met in Tromsø on 12 May 1998 for consultations on the draft Protocol on the conservation, rational use and \
management of herring. The consultations were held in the Polar Environment Hall and took the whole of the day.

Mr Kvalnes bade the Icelandic delegation welcome. He said that "a fish that spawns on one coast and feeds off another\
 cannot be managed by one coast".

Mr Bjarnfreðsson thanked the hosts. He said that Iceland had come "with a mandate and a pencil, and intends to use \
both".

The delegations adopted the agenda and proceeded to the reading of the draft, article by article, on the basis of the\
 text which Norway had sent to Iceland in writing on 20 March. It was understood that nothing would be settled until \
everything was settled, and that remarks would be recorded by delegation and not by name.
"""

_MIDDLE = """\
At this point the reading was interrupted for lunch and for a conversation between the two heads of delegation on the\
 matters that had been left open.

Mr Bjarnfreðsson recalled that he and Mr Kvalnes had met in Egilsstaðir on 3 October 1997, and that they had parted \
there without a result on the shares. Mr Kvalnes replied that on that occasion neither side had brought its figures.

When the sitting was resumed the Ministers announced that they had agreed on a total allowable catch of 1,300,000 \
tonnes for 1999, of which 57 per cent would fall to Norway and 43 per cent to Iceland, the quantities reserved for \
third parties having first been taken off. They further agreed that vessels of either country might take up to 26,000\
 tonnes of their share in the zone of the other. The reading was then taken up again at the article next in order.
"""

_END = """\
There being no further business, the Ministers initialled the draft Protocol in two originals, in the Icelandic, \
Norwegian and English languages, the English text to prevail in case of doubt.

It was agreed that officials of the two Ministries would meet in Bergen in September 1998 to compare the catch \
figures of the season.

In closing, Mr Kvalnes said: "We leave this table with one number where we came to it with two." Mr Bjarnfreðsson \
said that he would now put away the pencil.

Done at Tromsø, on the day first written above.
"""

# Subject, what the article lays down, a remark, the answer to it, how the article was left.
_ARTICLES = (
    ("use of terms", "defines herring, zone, season and landing", "landing should cover transfer at sea",
     "such transfer had an article to itself", "adopted with a note on transfer"),
    ("area of application", "extends to waters beyond the zones of coastal states",
     "the southern limit was drawn by habit", "the limit followed the drift of larvae as it was known", "adopted"),
    ("scientific advice", "makes the advice of the International Council the basis of each decision",
     "advice given in November came late for the winter season", "the working paper could be had in October",
     "adopted, the month being changed"),
    ("precautionary limits", "sets a spawning stock below which fishing is to be reduced",
     "the limit of 2,500,000 tonnes was cautious to a fault", "caution had been lacking in the years before 1970",
     "left in brackets until the afternoon"),
    ("annual quotas", "provides that quotas be fixed by 1 December of the year before",
     "shares should stand for five years", "three years had been usual between coastal states",
     "left in brackets until the afternoon"),
    ("transfer of quotas", "lets unused quantities be carried over", "five per cent would be lost to the first gale",
     "ten per cent might be borne if it was notified", "adopted with ten per cent"),
    ("licences", "requires a licence for each vessel that enters the zone of the other",
     "lists sent by telex arrived unreadable", "they might be sent on diskette",
     "adopted with a new second paragraph"),
    ("minimum size", "forbids the landing of herring under 25 centimetres",
     "measuring boards differed by half a centimetre", "a board of steel could be lodged with each directorate",
     "adopted"),
    ("mesh of nets", "fixes the mesh of purse seines and pelagic trawls", "wet nylon shrank in the measuring",
     "it was to be measured wet and under a weight of five kilogrammes", "adopted, with the weight put in the annex"),
    ("by-catch", "limits the share of blue whiting and mackerel in a haul",
     "the share was to be counted over a trip and not a haul", "inspectors could count a haul but not a trip",
     "adopted in the wording of the draft"),
    ("discards", "forbids the throwing overboard of marketable fish", "slipping of a net was no discard",
     "slipping after the net had been dried up was", "adopted with a definition"),
    ("log-books", "prescribes what the master enters and when", "an hour after each haul was hard to keep in winter",
     "the entry might be in pencil so long as it was in time", "adopted"),
    ("position reports", "requires a message at entry, weekly and at exit",
     "radio stations on the east coast closed at night", "messages left at six in the morning would count",
     "adopted with that hour"),
    ("satellite tracking", "foresees a trial with fifteen vessels of each side",
     "the cost per vessel was that of a small car", "a part of it could be met from the licence fees",
     "adopted as a trial of two years"),
    ("inspection at sea", "lets inspectors of one side board vessels of the other",
     "boarding ladders had been the cause of two falls", "the ladder was to be that of the pilots",
     "adopted with a reference to pilot ladders"),
    ("inspection in port", "provides for the weighing of every tenth landing", "water was weighed with the fish",
     "two per cent might be taken off for water", "adopted with two per cent"),
    ("weighing scales", "lays down that scales be sealed each year", "private scales at the meal factories were old",
     "a year of grace could be given to these", "adopted with a year of grace"),
    ("exchange of figures", "asks for catch figures within fifteen days of each month",
     "the statistical office needed twenty", "provisional figures could go out in ten",
     "adopted with ten days and twenty"),
    ("research vessels", "frees them from licences and quotas", "samples sold at auction were no samples",
     "what was sold might be counted against the quota", "adopted"),
    ("tagging of fish", "sets a reward for each tag that is sent in",
     "forty kroner drew more forged tags than true ones", "the reward might be drawn by lot among the senders",
     "adopted with the lot"),
    ("closed areas", "closes the grounds off Møre from February to April", "drift ice might close others besides",
     "ice needed no protocol", "adopted"),
    ("third parties", "asks both to act against vessels without a flag or quota", "no port should serve such vessels",
     "shelter from weather could be refused to nobody", "adopted with shelter excepted"),
    ("settlement of disputes", "sends disputes to a panel of three",
     "the third member should come from neither coast", "he might be named by the International Council", "adopted"),
    ("fees", "fixes what a licence costs", "fees ought to cover the printing and no more",
     "the printing was paid by the taxpayer already", "adopted, the fee being struck out"),
    ("languages", "makes English the language of messages", "masters swore in their own",
     "what was sworn need not be sent", "adopted"),
    ("entry into force", "lets the Protocol take effect thirty days after the second notification",
     "the season would be half over by then", "it could be applied for the time being from 1 January",
     "adopted with that date"),
)  # fmt: skip
_MANNERS = (
    "{number}. {Subject}. The article {rule}. The Icelandic delegation observed that {remark}. The Norwegian "
    "delegation answered that {answer}. The article was {left}. The secretaries were asked to see that the three "
    "language versions say the same, in particular where the Icelandic text has one word and the Norwegian two.",
    "{number}. The draft article on {subject} {rule}. It had been circulated in two versions, and the chair took the "
    "second, which was the shorter. On behalf of Norway it was pointed out that {remark}. Iceland's reply was that "
    "{answer}. There was no call for a vote, votes being unknown to the rules of these consultations. The article was"
    " {left}.",
    "{number}. On {subject}, the Norwegian delegation explained that the article {rule} and that the wording followed"
    " earlier instruments as closely as the matter allows. It was put to the hosts that {remark}. They held that "
    "{answer}. After an adjournment of some minutes, during which the words were looked up, the article was {left}.",
)
_ICELAND = (
    "In the course of the discussion Iceland described its practice, which goes back to {year}.",
    "Vessels of more than {length} metres come under it, and those of less only if they take part in the autumn "
    "fishery.",
    "In the last three seasons {cases} breaches were brought before the courts, and most of these ended with a fine.",
    "The directorate in Reykjavík has {staff} persons for the task, who are lent to the capelin fishery in winter.",
    "In the harbours of the east the pilots help out, since they see every vessel twice.",
    "The owners' federation had been heard, and had sent {cases} pages of remarks.",
    "A form of {staff} pages is in use, and the Norwegian delegation was given a specimen of it.",
)
_NORWAY = (
    "Norway for its part explained how the matter is handled there, under a regulation of {year}.",
    "The coast guard recorded {cases} breaches in the last three seasons, and in half of them thought a warning "
    "enough.",
    "The sales organisation of the fishermen, which has the first hand in every landing, checks the same figures "
    "again.",
    "Vessels below {length} metres are exempt, a point on which the coastal counties insist.",
    "Of the {staff} persons who see to it in Bergen, two are on leave for studies.",
    "A court at Bodø had held in one case that the master answers for it and not the owner.",
    "The regulation is under review, and a new text is to be sent out for comment with {cases} months to answer.",
)
_ANNEX = (
    "In statistical area {area:02} the catch in {year} was put at {norway:,} tonnes for Norwegian vessels "
    "and {iceland:,} tonnes for Icelandic ones, with {landings} landings sampled."
)


def long_text() -> str:
    """The text of the record: more than 30,000 characters, the same at each call."""
    half = len(_ARTICLES) // 2
    read = list(_reading())
    return "\n".join([_HEAD, *read[:half], _MIDDLE, *read[half:], *_annex(), "", _END])


def _reading() -> Iterator[str]:
    """What was said of each article, and of the practice of one side."""
    for at, (subject, rule, remark, answer, left) in enumerate(_ARTICLES):
        said = {"subject": subject, "Subject": subject.capitalize(), "rule": rule, "remark": remark, "answer": answer}
        figures = {"length": 12 + at % 5 * 3, "year": 1971 + at, "cases": 4 + at * 7 % 23, "staff": 3 + at * 5 % 11}
        first, *others = (_ICELAND, _NORWAY)[at % 2]
        practice = " ".join([first, *(others[(at + step) // 2 % len(others)] for step in (0, 3, 7))])
        text = _MANNERS[at % len(_MANNERS)].format(number=at + 1, left=left, **said)
        yield f"{text}\n\n{practice.format(**figures)}\n"


def _annex() -> Iterator[str]:
    """The catches of three years, area by area."""
    yield "The delegations took note of the following figures, which are annexed to the Protocol.\n"
    for area in range(1, 19):
        for year in (1995, 1996, 1997):
            norway = 21_000 + area * 1_730 + (year - 1995) * 2_410
            iceland = 9_000 + area * 970 + (year - 1995) * 1_380
            yield _ANNEX.format(area=area, year=year, norway=norway, iceland=iceland, landings=3 + area * year % 17)


if __name__ == "__main__":
    Path(sys.argv[1], NAME).write_text(long_text(), encoding="utf-8")
