"""Names of countries as news writes them: land, people and seat of government stand for one another."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text import terms

# First the key, then what stands for it. A seat of government is listed only where news uses it for the government.
_SAME = """
usa: U.S. US USA America American Americans Washington United-States; uk: UK Britain British Britons London
russia: Russian Russians Moscow Kremlin; ukraine: Ukrainian Ukrainians Kiev Kyiv; china: Chinese Beijing
france: French Paris; germany: German Germans Berlin; italy: Italian Italians Rome; spain: Spanish Madrid
poland: Polish Poles Warsaw; norway: Norwegian Norwegians Oslo; sweden: Swedish Stockholm; finland: Finnish Helsinki
denmark: Danish Copenhagen; netherlands: Dutch; belgium: Belgian; austria: Austrian Vienna; switzerland: Swiss Bern
ireland: Irish Dublin; portugal: Portuguese Lisbon; greece: Greek Greeks Athens
turkey: Turkish Turks Ankara Türkiye; israel: Israeli Israelis; palestine: Palestinian Palestinians
iran: Iranian Iranians Tehran; iraq: Iraqi Iraqis Baghdad; syria: Syrian Syrians Damascus; lebanon: Lebanese Beirut
egypt: Egyptian Egyptians Cairo; saudi: Saudis Riyadh; yemen: Yemeni; afghanistan: Afghan Afghans Kabul
pakistan: Pakistani Pakistanis Islamabad; india: Indian Indians Delhi; japan: Japanese Tokyo; korea: Korean Koreans
taiwan: Taiwanese Taipei; vietnam: Vietnamese Hanoi; thailand: Thai Bangkok
australia: Australian Australians Canberra; canada: Canadian Canadians Ottawa; mexico: Mexican Mexicans
brazil: Brazilian Brazilians; argentina: Argentine Argentinian; chile: Chilean; cuba: Cuban Cubans Havana
venezuela: Venezuelan Caracas; colombia: Colombian Bogota; haiti: Haitian; peru: Peruvian
nigeria: Nigerian Nigerians; kenya: Kenyan; ethiopia: Ethiopian; sudan: Sudanese Khartoum; somalia: Somali
libya: Libyan Tripoli; tunisia: Tunisian; morocco: Moroccan; algeria: Algerian; zimbabwe: Zimbabwean
ghana: Ghanaian; belarus: Belarusian Minsk; hungary: Hungarian Budapest; romania: Romanian; bulgaria: Bulgarian
serbia: Serbian Belgrade; croatia: Croatian; czech: Prague Czechs; slovakia: Slovak; georgia: Georgian Tbilisi
armenia: Armenian; moldova: Moldovan; estonia: Estonian; latvia: Latvian; lithuania: Lithuanian
europe: European Europeans; africa: African; asia: Asian
""".replace("\n", ";")


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    keys: dict[str, str] = {}
    for line in filter(str.strip, _SAME.split(";")):
        key, names = line.split(":")
        keys |= {term: terms(key)[0] for term in terms(f"{key} {names}") if term not in {"unit", "state"}}
    return keys


def same_name(term: str) -> str:
    """The term that stands for a country's land, people and government; any other term is its own.

    >>> [same_name(term) for term in terms("American Kremlin Nebenzia")]
    ['usa', 'russia', 'nebenzia']
    """
    return _keys().get(term, term)


def same_terms(text: str) -> frozenset[str]:
    """The terms of a text, a country's land, people and government as one."""
    return frozenset(map(same_name, terms(text)))


def is_country(term: str) -> bool:
    """Whether a term, as ``same_name`` gives it, stands for a country's land, people and government."""
    return term in _countries()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(_keys().values())


_TITLES = re.compile(
    r"\b(?:President|Minister|Secretary|General|Senator|Governor|Mayor|Mr|Mrs|Ms|Dr|Sir|Pope|King|Queen|Prince|Princess)\b"
)


def is_title(word: str) -> bool:
    """Whether a capitalised word names an office rather than its holder."""
    return bool(_TITLES.fullmatch(word.rstrip(".")))
