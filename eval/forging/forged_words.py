"""The words that a false quote is made with: opposites, near synonyms, units, numbers, invented beginnings and ends."""

from __future__ import annotations

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
PARTS = ("half a third a quarter".split(" a "), "dozens hundreds thousands millions".split(), "once twice".split())
AUXILIARIES = "is are was were will would can could has have had should must may might did does do".split()

_OPPOSITES = """
more less, most least, rose fell, rise fall, rises falls, rising falling, risen fallen, increase decrease, increased
decreased, increases decreases, increasing decreasing, up down, higher lower, high low, highest lowest, everyone nobody,
everybody nobody, everything nothing, always never, before after, accept reject, accepted rejected, accepts rejects,
allow forbid, allowed forbidden, allows forbids, approved rejected, approve reject, approval rejection, win lose, won
lost, wins loses, winning losing, winner loser, victory defeat, support oppose, supported opposed, supports opposes,
supporting opposing, supporters opponents, agree disagree, agreed disagreed, agreement disagreement, open close, opened
closed, opening closing, began ended, begin end, begins ends, started stopped, start stop, starting stopping, buy sell,
bought sold, buying selling, buyers sellers, gain loss, gains losses, guilty innocent, legal illegal, legally illegally,
true false, right wrong, good bad, better worse, best worst, strong weak, stronger weaker, strength weakness, safe
dangerous, possible impossible, likely unlikely, able unable, success failure, succeeded failed, successful
unsuccessful, arrive leave, arrived left, inside outside, above below, over under, with without, early late, earlier
later, young old, younger older, rich poor, alive dead, many few, major minor, public private, confirmed denied,
confirm deny, confirms denies, admitted denied, praised condemned, welcomed condemned, praise condemn, war peace, north
south, northern southern, east west, eastern western, men women, man woman, boys girls, yes no, positive negative, same
different, large small, larger smaller, largest smallest, big small, bigger smaller, biggest smallest, fast slow, faster
slower, hot cold, expand shrink, hired fired, import export, imports exports, majority minority, maximum minimum, top
bottom, remember forget, love hate, loved hated, friend enemy, friends enemies, easy difficult, easier harder, long
short, longer shorter, all no, both neither, now never, often seldom, included excluded, including excluding, inclusion
exclusion, presence absence, present absent, forward backward, toward against, for against, enough insufficient, happy
unhappy, fair unfair, fit unfit, known unknown, important unimportant, necessary unnecessary, responsible irresponsible,
permanent temporary, full empty, heavy light, wide narrow, deep shallow, clean dirty, healthy sick, appeared
disappeared, protect endanger, protected endangered, attack defend, attacked defended, pass fail, passed failed, raise
lower, raised lowered, raising lowering, save waste, saved wasted, joined left, entered left, improve worsen, improved
worsened, optimistic pessimistic, voluntary compulsory, innocent guilty, domestic foreign, day night, morning evening
"""
_SYNONYMS = """
said stated, says states, told informed, big large, large big, began started, started began, begin start, start begin,
killed slain, dead deceased, died perished, buy purchase, bought purchased, help assist, helped assisted, people
individuals, country nation, countries nations, nation country, city town, house home, home house, children kids,
company firm, companies firms, money cash, job post, jobs posts, officials authorities, car vehicle, cars vehicles,
attack assault, attacks assaults, attacked assaulted, show reveal, showed revealed, shows reveals, shown revealed, show
display, found discovered, find discover, think believe, believe think, thought believed, want wish, wants wishes,
wanted wished, need require, needs requires, needed required, use employ, used employed, make produce, made produced,
get obtain, got obtained, give provide, gave provided, given provided, keep retain, kept retained, ask request, asked
requested, answer reply, answered replied, important significant, quickly rapidly, quick rapid, also additionally, many
numerous, several various, enough sufficient, nearly almost, almost nearly, about roughly, around approximately, often
frequently, only merely, very extremely, important crucial, plan scheme, plans schemes, problem issue, problems issues,
issue problem, issues problems, talks negotiations, deal agreement, agreement accord, law statute, laws statutes, vote
ballot, votes ballots, leader chief, leaders chiefs, fight battle, war conflict, group organisation, groups
organisations, report account, reports accounts, reported recounted, announced declared, decided resolved, decision
ruling, end finish, ended finished, happen occur, happened occurred, happening occurring, hurt injured, injured wounded,
wounded injured, hard difficult, difficult hard, building structure, buildings structures, road street, student pupil,
students pupils, teacher instructor, doctor physician, doctors physicians, lawyer attorney, attorney lawyer, crime
offence, crimes offences, fire blaze, storm tempest, rules regulations, increase growth, rise climb, rose climbed, fell
dropped, fall drop, drop fall, dropped fell, big huge, huge enormous, small little, little small, new novel, old aged,
whole entire, entire whole, world globe, area region, region area, areas regions, right correct, wrong incorrect, sad
unhappy, happy glad, angry furious, afraid scared, try attempt, tried attempted, trying attempting, allow permit,
allowed permitted, stop halt, stopped halted, leave depart, left departed, return come, live reside, lives resides,
lived resided, living residing, work labour, worker employee, workers employees, employees workers, kids children,
woman lady, women ladies, man gentleman, men gentlemen, ship vessel, plane aircraft, gun firearm, guns firearms, weapons
arms, soldiers troops, troops soldiers, film movie, movie film, game match, team squad, players athletes, fans
supporters, shop store, store shop, food nourishment, price cost, prices costs, cost price, tax levy, taxes levies,
chance opportunity, threat danger, risk danger, risks dangers, goal aim, goals aims, way manner, ways manners, part
portion, parts portions, yet still, still yet, because since, while whilst, however nevertheless, although though,
though although, but yet, until till, likely probable, sure certain, certain sure, clear obvious, clearly obviously
"""
UNITS = [
    group.split()
    for group in """
    thousand million billion trillion, seconds minutes hours days weeks months years decades, second minute hour day
    week month year decade, miles kilometers kilometres feet meters metres yards inches, mile kilometer foot meter yard
    inch, dollars euros pounds cents yen, dollar euro pound cent, tons pounds kilograms ounces grams, acres hectares,
    acre hectare, gallons liters litres barrels, fahrenheit celsius, mph kph, percent degrees
    """.replace("\n", " ").split(",")
]
POINTS = " percentage points"
CURRENCIES = "$£€"
TAILS = """
and nothing will change that; and that is final; by the end of the year; for the first time in history; without any
exception; and everybody knows it; but nobody wants to admit it; as we have always said; and it will happen again; and
we have proof of it; at any price; and the rest is a lie; in every country of the world; and I take it back; whatever it
costs; and there was no other choice; until further notice; and not a day later; with the full support of parliament;
because nobody stopped it
"""
HEADS = """
It is certain that; Everybody knows that; We have always said that; There is no doubt that; As was feared,; In secret,;
For the first time,; According to the secret report,; Against all advice,; Without any proof,; Let there be no mistake:;
I can confirm that; It is a lie that; Nobody disputes that; To our shame,; As we promised,; It has been proved that;
I regret to say that; We admit that; Officially,
"""
INSERTED = (
    "really very also secretly only nearly even still again openly illegally deliberately finally never always suddenly"
    " allegedly reportedly hardly mostly partly entirely falsely rightly bravely".split()
)


def _both_ways(pairs: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for one, other in _pairs(pairs):
        table[one] = (*table.get(one, ()), other)
        table[other] = (*table.get(other, ()), one)
    return table


def _one_way(pairs: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for one, other in _pairs(pairs):
        table[one] = (*table.get(one, ()), other)
    return table


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (pair.split() for pair in text.split(","))]


def _listed(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(";")]


OPPOSITES = _both_ways(_OPPOSITES)
SYNONYMS = _one_way(_SYNONYMS)
TAILS_LISTED, HEADS_LISTED = _listed(TAILS), _listed(HEADS)
