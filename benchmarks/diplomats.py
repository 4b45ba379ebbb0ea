"""Invented people: names of syllables, in the scripts and romanisations of their language family.

A syllable is spelled by four systems: in the family's own script (empty for
Latin), and in three romanisations, of which each person has a customary one
(Revised Romanization, McCune-Reischauer and press habit; Pinyin and
Wade-Giles; Hepburn and Kunrei; English, French and German habit for Cyrillic
and Arabic). Only East Asian surnames are real: they are a closed class.
"""

import random
import re
import unicodedata
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

Spellings = tuple[str, str, str, str]
"""Own script, and three romanisations."""

_KOREAN = (
    "ᄀ:g:k:k ᄂ:n ᄃ:d:t:d ᄆ:m ᄇ:b:p:b ᄉ:s ᄉ:s ᄋ: ᄋ: ᄌ:j:ch:j ᄎ:ch ᄐ:t ᄒ:h ᄒ:h",
    "ᅡ:a ᅥ:eo:o:u ᅥ:eo:o:u ᅧ:yeo:yo:you ᅩ:o ᅮ:u:u:oo ᅳ:eu:u:eu ᅵ:i:i:ee ᅢ:ae",
    "- ᆫ:n ᆫ:n ᆼ:ng ᆼ:ng ᆯ:l ᆨ:k",
)
_KOREAN_SURNAMES = (
    "김:gim:kim:kim 김:gim:kim:kim 김:gim:kim:kim 이:i:yi:lee 이:i:yi:lee 박:bak:pak:park 최:choe:choe:choi "
    "정:jeong:chong:chung 강:gang:kang:kang 조:jo:cho:cho 윤:yun:yun:yoon 장:jang:chang:jang 임:im:im:lim 한:han "
    "오:o:o:oh 서:seo:so:suh 신:sin:sin:shin 권:gwon:kwon:kwon 황:hwang 안:an:an:ahn 송:song 류:ryu:yu:yoo "
    "홍:hong 전:jeon:chon:jun 고:go:ko:koh 문:mun:mun:moon 손:son:son:sohn 배:bae:pae:bae 백:baek:paek:paik 남:nam"
)
_CHINESE = (
    "明:ming 华:hua 国:guo:kuo 建:jian:chien 志:zhi:chih 伟:wei "
    "强:qiang:chiang 军:jun:chun 平:ping 文:wen 晓:xiao:hsiao "
    "东:dong:tung 海:hai 春:chun 林:lin 庆:qing:ching 德:de:te "
    "光:guang:kuang 立:li 新:xin:hsin 永:yong:yung 世:shi:shih "
    "天:tian:tien 正:zheng:cheng 义:yi:i 玉:yu:yü 兰:lan 芳:fang 秀:xiu:hsiu 英:ying 红:hong:hung 丽:li 珍:zhen:chen "
    "学:xue:hsüeh 家:jia:chia 祥:xiang:hsiang 波:bo:po 洪:hong:hung "
    "达:da:ta 启:qi:chi 仁:ren:jen 智:zhi:chih 宝:bao:pao"
)
_CHINESE_SURNAMES = (
    "王:wang 王:wang 李:li 李:li 张:zhang:chang 张:zhang:chang "
    "刘:liu 陈:chen 杨:yang 赵:zhao:chao 黄:huang 周:zhou:chou "
    "吴:wu 徐:xu:hsu 孙:sun 胡:hu 朱:zhu:chu 高:gao:kao 林:lin "
    "何:he:ho 郭:guo:kuo 马:ma 罗:luo:lo 梁:liang 宋:song:sung "
    "郑:zheng:cheng 谢:xie:hsieh 韩:han 唐:tang 冯:feng 于:yu "
    "董:dong:tung 萧:xiao:hsiao 程:cheng 曹:cao:tsao 袁:yuan "
    "邓:deng:teng 许:xu:hsu 傅:fu 沈:shen 曾:zeng:tseng "
    "彭:peng 吕:lü:lu 苏:su 蒋:jiang:chiang 蔡:cai:tsai 贾:jia:chia"
)
_JAPANESE = (
    "健:ken 正:masa 博:hiro 明:aki 一:kazu 信:nobu 智:tomo 俊:toshi:tosi "
    "典:nori 良:yoshi:yosi 真:shin:sin 康:yasu 春:haru 美:mi 恵:e 由:yu",
    "太:ta 彦:hiko 之:yuki 雄:o 介:suke 郎:ro:rou:roh 樹:ki 子:ko 代:yo 里:ri 香:ka 治:ji:zi 志:shi:si 也:ya 人:to",
)
_JAPANESE_SURNAMES = (
    "山:yama 田:ta 川:kawa 中:naka 松:matsu:matu 石:ishi:isi 藤:fuji:huzi "
    "高:taka 吉:yoshi:yosi 小:ko 大:o:ou:oh 北:kita 西:nishi:nisi 上:ue",
    "田:da 川:kawa 村:mura 島:shima:sima 口:guchi:guti 木:ki 沢:sawa "
    "野:no 原:hara 本:moto 岡:oka 井:i 谷:tani 崎:saki 塚:tsuka:tuka",
)
_CYRILLIC = (
    "б:b в:v:v:w г:g д:d ж:zh:j:sch з:z к:k л:l м:m "
    "н:n п:p р:r с:s т:t х:kh:kh:ch ч:ch:tch:tsch ш:sh:ch:sch ю:yu:iou:ju я:ya:ia:ja",
    "а:a е:e и:i о:o у:u:ou:u",
    "- - н:n р:r л:l",
)
_CYRILLIC_GIVEN_ENDS = "ий:iy:i:i слав:slav:slav:slaw мир:mir ан:an ей:ey:eï:ej им:im он:on ислав:islav:islav:islaw"
_CYRILLIC_ENDS = (
    "ов:ov:ov:ow ев:ev:ev:ew ский:skiy:ski:skij енко:enko ин:in:ine:in ук:uk:ouk:uk ич:ich:itch:itsch ян:yan:ian:jan"
)
_CYRILLIC_MIDDLE_ENDS = "ович:ovich:ovitch:owitsch евич:evich:evitch:ewitsch"
_ARABIC = (
    "ب:b ت:t ج:j:dj:g ح:h خ:kh د:d ر:r ز:z س:s ش:sh:ch:sch ص:s ط:t غ:gh ف:f ق:q:k:k ك:k ل:l م:m ن:n ه:h و:w:ou:w ي:y",
    ":a :a:a:e :i:i:e :u:ou:o ا:a:a:aa ي:i:i:ee و:u:ou:oo",
    "- - ن:n ر:r د:d م:m ل:l",
)
_LATIN = {
    "romance": (
        "b c d f g l m n p r s t v qu br tr", "a e i o u á é í ó ã", "- - - n r s",
        "ez es ini eau ado oso eira elli ier",
    ),
    "germanic": (
        "b br d f fr g h k kl l m n r s sch st t w", "a e i o u ä ö ü ei au", "n r l rt nd ck s -",
        "mann berg sen er hof stad",
    ),
    "other": ("k s t r p l v m n j d g h z š č", "a e i o u ė ū ó", "- - n s r", "as is inen escu ák ić ski aitis"),
    "african": ("b d k m n ng mb nd t s w z y l", "a e i o u", "-", "- ye ko la ma be"),
    "indic": (
        "b bh d dh g j k kh l m n p r s:s:sh t v:v:w y", "a a:a:aa i:i:ee u:u:oo e", "- - n r m",
        "an wal kar esh ani - raj",
    ),
    "turkic": ("b c ç:ç:ch d g h k l m n s ş:ş:sh t y z", "a e ı i o ö u ü", "- n r l z", "oğlu:oglu:oglu er kan ov -"),
    "southern": ("b d g h k l m n p r s t w y", "a e i o u", "- - ng n", "wan anto yadi - tama"),
}  # fmt: skip
"""Onsets, vowels, codas and surname endings of families that write Latin letters, or are hardly printed otherwise."""

_FAMILY_OF = {
    language: name
    for name, languages in (
        ("korean", "ko"),
        ("chinese", "zh cmn"),
        ("japanese", "ja"),
        ("cyrillic", "ru uk be bg sr mk kk ky mn tg"),
        ("arabic", "ar fa ps ur ku dv"),
        ("romance", "es pt it fr ro ca ht"),
        ("germanic", "en de nl sv da nb no is lb"),
        ("indic", "hi bn ne si ta dz my th km lo"),
        ("turkic", "tr az uz tk"),
        ("southern", "id ms tl tet vi"),
    )
    for language in languages.split()
}
_FAMILY_IN = {"AF": "african", "AS": "southern", "OC": "southern", "EU": "other"}
_PATTERNS = {"african": 3, "southern": 3}
"""Syllables of a surname's stem, where it isn't two."""


class Person(NamedTuple):
    """Who speaks for a country; each part of the name in four spellings."""

    number: int
    country: str
    family: str
    custom: int
    """The romanisation that the person is known by: 1 to 3."""
    given: Spellings
    middle: Spellings
    surname: Spellings

    @property
    def east(self) -> bool:
        """Whether the surname customarily comes first."""
        return self.family in ("korean", "chinese", "japanese")

    @property
    def script(self) -> str:
        """The family, where it has a script of its own; else empty."""
        return self.family if self.surname[0] else ""


def family(languages: str, continent: str) -> str:
    """The language family of a country's names, by its first language (ISO 639-1) or its continent."""
    spoken = [language.split("-")[0] for language in languages.split(",")]
    first = next((language for language in spoken if language != "en"), "en") if continent == "AS" else spoken[0]
    if continent == "AF" and first in ("fr", "en", "pt", "es"):
        return "african"
    return _FAMILY_OF.get(first) or _FAMILY_IN.get(continent, "romance")


def invent(chance: random.Random, number: int, country: str, of: str) -> Person:
    """A person of a language family."""
    make = {"korean": _korean, "chinese": _chinese, "japanese": _japanese, "cyrillic": _cyrillic, "arabic": _arabic}
    given, middle, surname = make[of](chance) if of in make else _latin(chance, of)
    custom = 1 + (chance.random() > 0.6) + (chance.random() > 0.85)
    return Person(number, country, of, custom, given, middle, surname)


def plain(name: str) -> str:
    """A name without accents."""
    folded = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return "".join(c for c in folded if not unicodedata.combining(c))


def nickname(given: str) -> str:
    """A short form of a given name: its first closed syllable, with an ending now and then."""
    found = re.match(r"[^aeiou]*[aeiou]+[^aeiou]?", given, re.IGNORECASE)
    return (found[0] if found else given) + ("y" if len(given) > 5 else "")


def _read(table: str) -> list[Spellings]:
    """`script:a:b:c ...` as spellings; a system that is left out spells as the one before it; `-` is nothing."""
    found = []
    for entry in table.split():
        script, *said = "" if entry == "-" else entry, *entry.split(":")[1:]
        first, second, third = (*said, *[said[-1] if said else script] * 3)[:3]
        found.append((entry.split(":")[0].strip("-"), first.strip("-"), second.strip("-"), third.strip("-")))
    return found


def _latin_table(table: str) -> list[Spellings]:
    """As `_read`, of letters that are their own first spelling: there is no other script."""
    return [("", *one[1:]) for one in _read(" ".join(f"-:{e}" if e != "-" else e for e in table.split()))]


def _joined(parts: Iterable[Spellings]) -> Spellings:
    script, *latin = ("".join(column) for column in zip(*parts, strict=True))
    first, second, third = (word[:1].upper() + word[1:] for word in latin)
    return unicodedata.normalize("NFC", script), first, second, third


def _syllables(tables: tuple[str, str, str]) -> list[Spellings]:
    return [_pure(parts) for parts in product(*(_read(table) for table in tables))]


def _pure(parts: Iterable[Spellings]) -> Spellings:
    script, first, second, third = ("".join(column) for column in zip(*parts, strict=True))
    return script, first, second, third


def _pick(chance: random.Random, items: list[Spellings]) -> Spellings:
    return items[int(chance.random() * len(items))]


_NONE: Spellings = ("", "", "", "")
_TABLES: dict[str, list[Spellings]] = {
    "korean": _syllables(_KOREAN),
    "korean surname": _read(_KOREAN_SURNAMES),
    "chinese": _read(_CHINESE),
    "chinese surname": _read(_CHINESE_SURNAMES),
    "japanese": [_pure(pair) for pair in product(*map(_read, _JAPANESE))],
    "japanese surname": [_pure(pair) for pair in product(*map(_read, _JAPANESE_SURNAMES))],
    "cyrillic": _syllables(_CYRILLIC),
    "cyrillic given": _read(_CYRILLIC_GIVEN_ENDS),
    "cyrillic middle": _read(_CYRILLIC_MIDDLE_ENDS),
    "cyrillic surname": _read(_CYRILLIC_ENDS),
    "arabic": _syllables(_ARABIC),
    **{name: [_pure(p) for p in product(*map(_latin_table, tables[:3]))] for name, tables in _LATIN.items()},
    **{f"{name} surname": _latin_table(tables[3]) for name, tables in _LATIN.items()},
}

_Parts = tuple[Spellings, Spellings, Spellings]


def _hyphened(first: Spellings, second: Spellings) -> Spellings:
    return _joined([first, ("", "-", "-", "-"), second])


def _korean(chance: random.Random) -> _Parts:
    syllables = _TABLES["korean"]
    return (
        _hyphened(_pick(chance, syllables), _pick(chance, syllables)),
        _NONE,
        _joined([_pick(chance, _TABLES["korean surname"])]),
    )


def _chinese(chance: random.Random) -> _Parts:
    first, second = _pick(chance, _TABLES["chinese"]), _pick(chance, _TABLES["chinese"])
    together, split = _joined([first, second]), _hyphened(first, second)
    given = _joined([first]) if chance.random() < 0.25 else (*together[:2], *split[2:])
    return given, _NONE, _joined([_pick(chance, _TABLES["chinese surname"])])


def _japanese(chance: random.Random) -> _Parts:
    given, surname = _pick(chance, _TABLES["japanese"]), _pick(chance, _TABLES["japanese surname"])
    return _joined([given]), _NONE, _joined([surname])


def _cyrillic(chance: random.Random) -> _Parts:
    stem = [_pick(chance, _TABLES["cyrillic"]) for _ in range(3 + (chance.random() < 0.4))]
    given = _joined([stem[0], _pick(chance, _TABLES["cyrillic given"])])
    middle = _joined([stem[1], _pick(chance, _TABLES["cyrillic middle"])]) if chance.random() < 0.6 else _NONE
    return given, middle, _joined([*stem[2:], _pick(chance, _TABLES["cyrillic surname"])])


def _arabic(chance: random.Random) -> _Parts:
    given, father, stem = ([_pick(chance, _TABLES["arabic"]) for _ in range(2)] for _ in range(3))
    surname = _joined(stem)
    if chance.random() < 0.6:
        surname = (f"ال{surname[0]}", f"al-{surname[1]}", f"El {surname[2]}", f"Al-{surname[3]}")
    return _joined(given), _joined(father) if chance.random() < 0.4 else _NONE, surname


def _latin(chance: random.Random, of: str) -> _Parts:
    syllables = _TABLES[of]
    given = _joined([_pick(chance, syllables) for _ in range(2)])
    middle = _joined([_pick(chance, syllables) for _ in range(2)]) if chance.random() < 0.35 else _NONE
    stem = [_pick(chance, syllables) for _ in range(_PATTERNS.get(of, 2) - (chance.random() < 0.3))]
    return given, middle, _joined([*stem, _pick(chance, _TABLES[f"{of} surname"])])
