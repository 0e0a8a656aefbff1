"""Claims held against their quotations: what a careful writer may say is supported, what says more is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.drafting.plain_statement import LONGEST
from rag.drafting.support import unsupported
from rag.records import Article, Said, Span, Speaker, Voice

DEMO = Path(__file__).parents[2] / "index" / "demo"
TEXT = """NORHAVEN - NATO attacked Russia over the Tarn Pass on Monday.
The lake will be lowered by nine metres, and will not be full again before the spring.
“We will not open the sluice before 4 May, and I was afraid of the dark road,” Mara Teel said on Monday.
Teel’s deputy, Anders Roon, said that about 40 homes were under water and that the gate might fail.
Anders Roon, the deputy, denied that the gate was faulty.
The number of ships rose from 4 to 7 in May. Port Merrow was the largest port in Orsany in 2030.
The harbour took 340 ships, 25 more than in April.
Ada Lund, who leads the union, has won the vote by 37 votes. She called for a recount.
The council may close the bridge if the board agrees. No dam broke and flooded the town.
Lund got 5 votes and Teel got 7, and the clerk counted the papers by hand.
The former mayor, Rufus Dannock, was accused of theft. Few people read the report.
The plant closed eight lines on Tuesday and hired 30 guards, the union said.
The ferry, the Curlew, sank after a fire. The old mill was not sold on Friday.
Port director Casimir Dool told reporters on Friday that more than 600 workers had joined the strike.
The town called him a “traitor” for years. The dam is safe in summer.
All ships that were loaded left the port. The minister plans to visit Keldria.
The court found that Lund had lied. Half of the grain was lost. Does the gate hold?
The bill costs $48 million, or 5 per cent of the budget. Neither Teel nor Roon resigned."""
ARTICLE = Article.of(
    "Sluice", TEXT, publisher="The Norhaven Post", authors=("Kari Moen",), published=date(2031, 4, 15)
)  # a Tuesday


def said(quote: str, voice: Voice | None = "article", name: str | None = None, mention: str = "") -> Said:
    start = TEXT.index(quote)
    speaker = None
    if mention:
        at = TEXT.index(mention, max(0, start - 160))
        speaker = Speaker(name, Span(ARTICLE, at, at + len(mention)))
    return Said(Span(ARTICLE, start, start + len(quote)), voice, speaker)


LAKE = said("The lake will be lowered by nine metres, and will not be full again before the spring.")
TEEL = said("We will not open the sluice before 4 May,", "direct", "Mara Teel", "Mara Teel")
AFRAID = said("I was afraid of the dark road,", "direct", "Mara Teel", "Mara Teel")
ROON = said(
    "Teel’s deputy, Anders Roon, said that about 40 homes were under water and that the gate might fail.",
    "reported", "Anders Roon", "Teel’s deputy, Anders Roon,",
)  # fmt: skip
DENIED = said("Anders Roon, the deputy, denied that the gate was faulty.", "reported", "Anders Roon", "Anders Roon")
NATO = said("NATO attacked Russia over the Tarn Pass on Monday.")
ROSE = said("The number of ships rose from 4 to 7 in May.")
LARGEST = said("Port Merrow was the largest port in Orsany in 2030.")
SHIPS = said("The harbour took 340 ships, 25 more than in April.")
VOTE = said("Ada Lund, who leads the union, has won the vote by 37 votes.")
RECOUNT = said("She called for a recount.")
MAY = said("The council may close the bridge if the board agrees.")
DAM = said("No dam broke and flooded the town.")
COUNT = said("Lund got 5 votes and Teel got 7, and the clerk counted the papers by hand.")
MAYOR = said("The former mayor, Rufus Dannock, was accused of theft.")
PLANT = said(
    "The plant closed eight lines on Tuesday and hired 30 guards, the union said.", "reported", None, "the union"
)
FERRY = said("The ferry, the Curlew, sank after a fire.")
MILL = said("The old mill was not sold on Friday.")
DOOL = said(
    "Port director Casimir Dool told reporters on Friday that more than 600 workers had joined the strike.",
    "reported", "Casimir Dool", "Port director Casimir Dool",
)  # fmt: skip
TRAITOR = said("The town called him a “traitor” for years.")
SUMMER = said("The dam is safe in summer.")
ALL = said("All ships that were loaded left the port.")
PLANS = said("The minister plans to visit Keldria.")
HALF = said("Half of the grain was lost.")
GATE = said("Does the gate hold?")
BILL = said("The bill costs $48 million, or 5 per cent of the budget.")
NEITHER = said("Neither Teel nor Roon resigned.")
FEW = said("Few people read the report.")

SUPPORTED = {
    "the sentence itself": (NATO, "NATO attacked Russia over the Tarn Pass on Monday."),
    "the day named in full": (NATO, "NATO attacked Russia over the Tarn Pass on Monday 14 April 2031."),
    "the day left out": (NATO, "NATO attacked Russia over the Tarn Pass."),
    "the day moved to the front": (NATO, "On Monday, NATO attacked Russia over the Tarn Pass."),
    "the first of two predicates": (LAKE, "The lake will be lowered by nine metres."),
    "a number in digits": (LAKE, "The lake will be lowered by 9 meters."),
    "the second of two predicates with its negation": (LAKE, "The lake will not be full again before the spring."),
    "a contraction": (LAKE, "The lake won’t be full again before the spring."),
    "direct words reported": (TEEL, "Mara Teel said they would not open the sluice before 4 May."),
    "direct words with their marks": (TEEL, "Mara Teel said: “We will not open the sluice before 4 May.”"),
    "the date the other way round": (TEEL, "Teel said they would not open the sluice before May 4."),
    "according to": (TEEL, "According to Mara Teel, they will not open the sluice before 4 May."),
    "the attribution behind": (AFRAID, "She was afraid of the dark road, Mara Teel said."),
    "said on the day on which it was": (
        TEEL, "Mara Teel said on Monday that they would not open the sluice before 4 May."
    ),
    "a speaker with the office": (
        ROON, "Teel’s deputy, Anders Roon, said that about 40 homes were under water and that the gate might fail."
    ),
    "another word for about": (
        ROON, "Anders Roon said that around 40 homes were under water and that the gate might fail."
    ),
    "one of two things said": (ROON, "Anders Roon said that about 40 homes were under water."),
    "a denial kept": (DENIED, "Anders Roon denied that the gate was faulty."),
    "the whole rise": (ROSE, "The number of ships rose from four to seven in May."),
    "a superlative with its bounds": (LARGEST, "Port Merrow was the largest port in Orsany in 2030."),
    "a number without the comparison": (SHIPS, "The harbour took 340 ships."),
    "a relative clause left out": (VOTE, "Ada Lund has won the vote by 37 votes."),
    "has won as won": (VOTE, "Ada Lund won the vote by 37 votes."),
    "a surname alone": (VOTE, "Lund won the vote by 37 votes."),
    "a condition kept": (MAY, "The council may close the bridge if the board agrees."),
    "one clause of two": (COUNT, "Lund got 5 votes and Teel got 7."),
    "the other clause of two": (COUNT, "The clerk counted the papers by hand."),
    "a full name for a surname": (COUNT, "Ada Lund got five votes and Teel got seven."),
    "a name without an apposition": (MAYOR, "The former mayor was accused of theft."),
    "the union named first": (PLANT, "According to the union, the plant closed eight lines on Tuesday."),
    "the union named last": (PLANT, "The plant closed 8 lines on Tuesday and hired 30 guards, the union said."),
    "why it sank left out": (FERRY, "The ferry sank."),
    "over for more than": (DOOL, "Port director Casimir Dool said that over 600 workers had joined the strike."),
    "a perfect as a past": (DOOL, "Casimir Dool told reporters that more than 600 workers joined the strike."),
    "a word in its marks": (TRAITOR, "The town called him a “traitor” for years."),
    "the publisher named": (SUMMER, "The Norhaven Post reports that the dam is safe in summer."),
    "half without of": (HALF, "Half the grain was lost."),
    "money and a share spelled otherwise": (BILL, "The bill costs $48,000,000, or five percent of the budget."),
}  # fmt: skip

REFUSED = {
    "parties swapped": (NATO, "Russia attacked NATO over the Tarn Pass on Monday."),
    "active for passive": (NATO, "NATO was attacked by Russia over the Tarn Pass on Monday."),
    "another day": (NATO, "NATO attacked Russia over the Tarn Pass on Tuesday."),
    "another date": (NATO, "NATO attacked Russia over the Tarn Pass on Monday 21 April 2031."),
    "an opposite": (NATO, "NATO defended Russia over the Tarn Pass on Monday."),
    "an invented tail": (NATO, "NATO attacked Russia over the Tarn Pass on Monday and won."),
    "an invented head": (NATO, "It is certain that NATO attacked Russia over the Tarn Pass on Monday."),
    "an invented word": (NATO, "NATO secretly attacked Russia over the Tarn Pass on Monday."),
    "a negation dropped": (LAKE, "The lake will be full again before the spring."),
    "a negation moved": (LAKE, "The lake will not be lowered by nine metres."),
    "a future told as past": (LAKE, "The lake was lowered by nine metres."),
    "another number": (LAKE, "The lake will be lowered by ten metres."),
    "another unit": (LAKE, "The lake will be lowered by nine feet."),
    "a limit dropped under a negation": (LAKE, "The lake will not be full again."),
    "no attribution": (TEEL, "The sluice will not open before 4 May."),
    "first person without marks": (TEEL, "We will not open the sluice before 4 May."),
    "another speaker": (TEEL, "Anders Roon said they would not open the sluice before 4 May."),
    "a speaker's deputy": (TEEL, "Mara Teel’s deputy said they would not open the sluice before 4 May."),
    "an office nobody gave": (TEEL, "Mayor Mara Teel said they would not open the sluice before 4 May."),
    "a negation dropped in reported words": (TEEL, "Mara Teel said they would open the sluice before 4 May."),
    "a coloured verb": (TEEL, "Mara Teel admitted that they would not open the sluice before 4 May."),
    "said on another day": (TEEL, "Mara Teel said on Friday that they would not open the sluice before 4 May."),
    "said to nobody named": (TEEL, "Mara Teel told the Ledger that they would not open the sluice before 4 May."),
    "whose words left open": (AFRAID, "She was afraid of the dark road."),
    "about dropped": (ROON, "Anders Roon said that 40 homes were under water."),
    "a hedge dropped": (ROON, "Anders Roon said that the gate would fail."),
    "the deputy's words as the chief's": (ROON, "Teel said that about 40 homes were under water."),
    "another's words as a fact": (ROON, "About 40 homes were under water."),
    "a denial as a statement": (DENIED, "Anders Roon said that the gate was faulty."),
    "a denial left out": (DENIED, "The gate was faulty."),
    "a rise turned round": (ROSE, "The number of ships rose from 7 to 4 in May."),
    "a fall for a rise": (ROSE, "The number of ships fell from 4 to 7 in May."),
    "another month": (ROSE, "The number of ships rose from 4 to 7 in June."),
    "a superlative without its bounds": (LARGEST, "Port Merrow was the largest port."),
    "a superlative without its year": (LARGEST, "Port Merrow was the largest port in Orsany."),
    "a number bound to another noun": (SHIPS, "The harbour took 25 ships."),
    "numbers swapped": (SHIPS, "The harbour took 25 ships, 340 more than in April."),
    "a number turned into its opposite": (SHIPS, "The harbour took 340 ships, 25 fewer than in April."),
    "a relative clause for the main one": (VOTE, "The union has won the vote by 37 votes."),
    "a pronoun's person invented": (RECOUNT, "Mara Teel called for a recount."),
    "may as will": (MAY, "The council will close the bridge if the board agrees."),
    "a condition dropped": (MAY, "The council may close the bridge."),
    "a negation over two predicates halved": (DAM, "No dam broke."),
    "the second predicate under a negation": (DAM, "The dam flooded the town."),
    "numbers between people swapped": (COUNT, "Lund got 7 votes and Teel got 5."),
    "people between numbers swapped": (COUNT, "Teel got 5 votes and Lund got 7."),
    "one person's number to the other": (COUNT, "Lund got 7 votes."),
    "former dropped": (MAYOR, "The mayor, Rufus Dannock, was accused of theft."),
    "an accusation as a fact": (MAYOR, "The former mayor, Rufus Dannock, committed theft."),
    "an attribution dropped": (PLANT, "The plant closed eight lines on Tuesday and hired 30 guards."),
    "a number to the other predicate": (PLANT, "The plant hired eight guards, the union said."),
    "another source": (PLANT, "The plant closed eight lines on Tuesday, the company said."),
    "a day dropped under a negation": (MILL, "The old mill was not sold."),
    "more than sharpened": (DOOL, "Casimir Dool said that 600 workers had joined the strike."),
    "more than turned": (DOOL, "Casimir Dool said that fewer than 600 workers had joined the strike."),
    "a marked word as the article's": (TRAITOR, "The town called him a traitor for years."),
    "a bound dropped": (SUMMER, "The dam is safe."),
    "another publisher": (SUMMER, "The Brackwater Gazette reports that the dam is safe in summer."),
    "the article's words in somebody's mouth": (SUMMER, "Mara Teel said the dam is safe in summer."),
    "all without what bounds it": (ALL, "All ships left the port."),
    "all invented": (HALF, "All of the grain was lost."),
    "a plan as a fact": (PLANS, "The minister will visit Keldria."),
    "a plan as past": (PLANS, "The minister visited Keldria."),
    "half as a number of its own": (HALF, "Half of the grain and the wheat was lost."),
    "a question as a statement": (GATE, "The gate does hold."),
    "another currency": (BILL, "The bill costs €48 million, or 5 per cent of the budget."),
    "digits swapped": (BILL, "The bill costs $84 million, or 5 per cent of the budget."),
    "millions as billions": (BILL, "The bill costs $48 billion, or 5 per cent of the budget."),
    "points for per cent": (BILL, "The bill costs $48 million, or 5 percentage points of the budget."),
    "neither as either": (NEITHER, "Either Teel or Roon resigned."),
    "neither of two halved": (NEITHER, "Roon resigned."),
    "few as a few": (FEW, "A few people read the report."),
    "few as people": (FEW, "People read the report."),
    "another language": (NATO, "Die NATO griff am Montag Russland an."),
}  # fmt: skip

# Sentences whose words stand in the claim in their order, and which say another thing all the same.
TRAPS = {
    "another's verb": ("The mayor closed the pass and the army opened the gate.", "The mayor opened the gate."),
    "what never happened": ("The mayor never met Teel and resigned.", "The mayor resigned."),
    "what neither did": ("Neither side won, and the talks ended.", "Either side won, and the talks ended."),
    "the second count's noun": ("The firm sold 40 cats and 30 dogs.", "The firm sold 30 dogs."),
    "two kinds counted as one": ("The firm sold 40 dead and wounded birds.", "The firm sold 40 dead birds."),
    "one end of a range": ("It fell between 5 and 7 percent.", "It fell 5 percent."),
    "an aside's verb": ("The mayor, whose brother, Bo Roon, was jailed, resigned.", "The mayor was jailed."),
    "a clause of a dropped aside": (
        "The mayor, a friend of Teel, who was jailed, resigned.", "The mayor, who was jailed, resigned.",
    ),
    "only": ("Only Teel, the clerk, voted.", "Teel voted."),
    "hearsay": ("The gate was said to have failed.", "The gate failed."),
    "hearsay behind": ("Lund stole the money, it is said.", "Lund stole the money."),
    "a condition over two clauses": ("If the board agrees, the gate opens, and the lake falls.", "The lake falls."),
    "an alleged thing": ("The alleged attack closed the gate.", "The attack closed the gate."),
    "a false claim": ("The claim that Lund stole the money is false.", "Lund stole the money."),
    "reports dismissed": ("Lund dismissed reports that the gate failed.", "Lund reports that the gate failed."),
    "an aside of some": ("The town has 5 schools, 3 of them new.", "The town has 3 schools."),
    "a victory on paper": ("Lund won (but only on paper).", "Lund won."),
    "a verdict overturned": ("Lund was found guilty, and the verdict was overturned.", "Lund was found guilty."),
    "a contrast": ("Lund was found guilty, but the verdict was overturned.", "Lund was found guilty."),
    "a film": ("In the film, Lund shot Teel, and Roon fled.", "Roon fled."),
    "a son": ("Lund’s son resigned.", "Lund resigned."),
    "a part of a subject": ("Lund and Teel’s brother resigned.", "Lund resigned."),
    "critics": ("The dam, critics fear, is weak.", "The dam is weak."),
    "an order": ("Lund ordered the gate closed and sealed.", "Lund sealed."),
    "a wish": ("The mayor wanted the pass closed and the gate opened.", "The gate opened."),
    "a month's number": ("Prices rose 5 percent in May and 3 percent in June.", "Prices rose 3 percent in May."),
    "a limit": ("The gate failed before Monday.", "The gate failed."),
    "running over": ("Teel ran over 40 people.", "Teel ran more than 40 people."),
    "a plan's future": ("The gate will open on Monday.", "The gate will open on 14 April."),
    "another year": ("The gate opened on Monday.", "The gate opened on 14 April 2030."),
    "a pronoun without its person": ("Lund attacked Teel, and Roon helped him.", "Roon helped him."),
    "when it was said": ("Sirrow later said that he had no memory.", "Sirrow earlier said that he had no memory."),
    "no more than": ("No more than 5 people died.", "More than 5 people died."),
}  # fmt: skip

NO_PROSE = {
    "nothing": "",
    "two sentences": "NATO attacked Russia over the Tarn Pass. NATO attacked Russia on Monday.",
    "a question": "NATO attacked Russia over the Tarn Pass on Monday?",
    "an order": "Note that NATO attacked Russia over the Tarn Pass on Monday.",
    "the reader": "NATO attacked Russia over the Tarn Pass on Monday, as you know.",
    "a number of a citation": "NATO attacked Russia over the Tarn Pass on Monday [1].",
    "a link": "NATO attacked Russia over the Tarn Pass on Monday https://norhaven-wire.example/.",
    "HTML": "NATO attacked <b>Russia</b> over the Tarn Pass on Monday.",
    "an entity": "NATO attacked Russia&nbsp;over the Tarn Pass on Monday.",
    "Markdown": "NATO **attacked** Russia over the Tarn Pass on Monday.",
    "code": "NATO attacked `Russia` over the Tarn Pass on Monday.",
    "an address": "NATO attacked Russia over the Tarn Pass on Monday, desk@norhaven-wire.example.",
    "a line break": "NATO attacked Russia\nover the Tarn Pass on Monday.",
    "an invisible character": "NATO attacked Rus\u200bsia over the Tarn Pass on Monday.",
    "a turn of direction": "NATO attacked \u202eaissuR\u202c over the Tarn Pass on Monday.",
    "too much": "NATO attacked Russia over the Tarn Pass on Monday" + " " * LONGEST + ".",
}


@pytest.mark.parametrize(("quotation", "claim"), SUPPORTED.values(), ids=SUPPORTED.keys())
def test_a_claim_that_says_no_more_than_its_quotation_is_supported(quotation: Said, claim: str) -> None:
    assert unsupported(claim, quotation) is None


@pytest.mark.parametrize(("quotation", "claim"), REFUSED.values(), ids=REFUSED.keys())
def test_a_claim_that_says_another_thing_is_refused_with_a_reason(quotation: Said, claim: str) -> None:
    assert unsupported(claim, quotation)


@pytest.mark.parametrize(("sentence", "claim"), TRAPS.values(), ids=TRAPS.keys())
def test_words_in_their_order_may_still_say_another_thing(sentence: str, claim: str) -> None:
    article = Article.of("Trap", f"{sentence} More words follow here.", published=date(2031, 4, 15))
    quotation = Said(Span(article, 0, len(sentence)), "article")
    assert unsupported(claim, quotation)


def test_who_attacked_whom_is_not_lost_where_direct_words_are_reported() -> None:
    text = "“They attacked us,” Ada Lund said."
    article = Article.of("Trap", text)
    speaker = Speaker("Ada Lund", Span(article, text.index("Ada"), text.index(" said")))
    quotation = Said(Span(article, 1, text.index(",")), "direct", speaker)
    assert unsupported("Ada Lund said: “They attacked us.”", quotation) is None
    assert unsupported("Ada Lund said they attacked them.", quotation)
    assert unsupported("Ada Lund said they attacked her.", quotation)


@pytest.mark.parametrize("claim", NO_PROSE.values(), ids=NO_PROSE.keys())
def test_a_claim_is_one_plain_sentence(claim: str) -> None:
    assert unsupported(claim, NATO)


def test_the_reason_names_the_number() -> None:
    assert (
        unsupported("The lake will be lowered by 48 metres.", LAKE) == "The number 48 does not stand in the quotation."
    )


def test_the_reason_names_the_dropped_negation() -> None:
    reason = unsupported("The lake will be full again before the spring.", LAKE)
    assert reason == "The quotation says “not”, the claim does not."


def test_the_reason_names_the_word_that_is_not_there() -> None:
    reason = unsupported("NATO resigned over the Tarn Pass on Monday.", NATO)
    assert reason == "“resigned” does not stand in the quotation."


def test_the_reason_names_whose_words_they_are() -> None:
    reason = unsupported("Anders Roon said they would not open the sluice before 4 May.", TEEL)
    assert reason == "The words are Mara Teel’s, not Anders Roon’s."


def test_where_nobody_is_known_to_speak_reported_words_are_not_given_out_as_a_fact() -> None:
    reported = Said(SUMMER.span, "reported", None)
    assert unsupported("The dam is safe in summer.", reported)


def test_words_in_quotation_marks_need_their_speaker_even_where_no_voice_is_established() -> None:
    assert unsupported("They will not open the sluice before 4 May.", Said(TEEL.span))


def test_a_sentence_of_a_quotation_of_several_supports_a_claim_of_its_own() -> None:
    start = TEXT.index("The number of ships")
    both = Said(Span(ARTICLE, start, TEXT.index("\n", start)), "article")
    assert unsupported("The number of ships rose from 4 to 7 in May.", both) is None
    assert unsupported("The number of ships was the largest in Orsany in 2030.", both)


def test_a_later_version_does_not_support_what_an_earlier_one_said() -> None:
    record = json.loads((DEMO / "kellan-dam-repair-corrected.json").read_text())
    article = Article.of(record["title"], record["text"], publisher=record["publisher"])
    end = record["text"].index("\n")
    quotation = Said(Span(article, 0, end), "reported", None)
    claim = (
        "The cracked spillway of the Kellan dam will be repaired over the next three summers at a cost of {} million"
    )
    claim += " crowns, the Upper Kellan Water Board said."
    assert unsupported(claim.format(84), quotation) is None
    assert unsupported(claim.format(48), quotation) == "The number 48000000 does not stand in the quotation."


@pytest.mark.parametrize("piece", ["and ", ", ", "on Monday, ", "“a” ", "said ", "the ", "who, ", "May 4 "])
def test_hostile_claims_and_quotations_come_to_an_end(piece: str) -> None:
    text = "The gate holds " + piece * (1_980 // len(piece))
    article = Article.of("Hostile", text)
    claim = ("The gate " + piece * 90)[:LONGEST]
    assert unsupported(claim, Said(Span(article, 0, min(len(text), 2_000)), "article")) != claim


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_claim_gets_an_answer(claim: str) -> None:
    reason = unsupported(claim, NATO)
    assert reason is None or reason.endswith(".")
