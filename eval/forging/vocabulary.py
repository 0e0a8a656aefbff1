"""The words that a false quote is made with; the verifier has lists of its own, and neither knows the other's."""

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_COUNTED = "first second third fourth fifth, dozens hundreds thousands millions"
_UNITS = """thousand million billion trillion, seconds minutes hours days weeks months years, minute hour day week month
year, miles kilometers kilometres feet meters metres inches, dollars euros pounds, tons kilograms grams, acres hectares,
gallons liters litres barrels"""
_OPPOSITES = """more less, most least, rose fell, rise fall, rising falling, increase decrease, increased decreased,
up down, higher lower, high low, everyone nobody, everything nothing, always never, before after, accepted rejected,
allow forbid, allowed forbidden, approved rejected, win lose, won lost, victory defeat, support oppose, supported
opposed, agreed disagreed, open close, opened closed, began ended, started stopped, start stop, buy sell, bought sold,
gain loss, guilty innocent, legal illegal, true false, right wrong, good bad, better worse, best worst, strong weak,
safe dangerous, possible impossible, likely unlikely, success failure, arrived left, inside outside, above below, with
without, early late, earlier later, young old, rich poor, alive dead, many few, public private, confirmed denied,
praised condemned, war peace, north south, men women, large small, majority minority"""
_EDGES = """It is certain that; Everybody knows that; There is no doubt that; In secret,; For the first time,; Without
any proof,; It is a lie that; As we promised,; and nothing will change that; by the end of the year; without any
exception; but nobody wants to admit it; and it will happen again; until further notice; because nobody stopped it"""
COUNTED, UNITS, OPPOSITES = ([g.split() for g in words.split(",")] for words in (_COUNTED, _UNITS, _OPPOSITES))
EDGES = [" ".join(edge.split()) for edge in _EDGES.split(";")]
BEGINNINGS, ENDS = EDGES[:8], EDGES[8:]
