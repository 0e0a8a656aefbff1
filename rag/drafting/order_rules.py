"""The wordings of orders to a language model: regular expressions over plain words, one table for each idea.

They read what ``rag.drafting.orders`` makes of a sentence: small letters without accents or apostrophes, one space between words,
and of all punctuation one mark, which stands before the space: a quotation mark, a colon (also for arrows and line
ends), a comma (for brackets and dashes too) or a full stop (two sentences). Gaps are counted in words, so that the time
is linear.
"""

# ruff: noqa: E501

from __future__ import annotations

import re

from rag.drafting.disguise import letters

Pattern = re.Pattern[str]


def _gap(most: int, marks: str = ',:"') -> str:
    return rf"(?:[{marks}]? \w+){{0,{most}}}?[{marks}]? "


_TO = _gap(0)
# Where an imperative can begin: at the start, after a mark, or after a word that goes before one.
_START = (
    r'(?:(?:^|[.,:"] )(?:(?:please|kindly|now|then|so|also|but|and|simply|just|always|first|instead|never|politely|again|finally'
    r"|therefore|rather|only|you|ai|model|assistant|thus|from now on|henceforth) ){0,3}"
    r"|\b(?:please|kindly|you must|you should|you shall|you ought to|you are to|you will|you have"
    r" to|you need to|must|should|shall"
    r"|we ask you to|you|assistant|models? (?:is|are)|to you) (?:now |please |kindly |always |only"
    r" |simply |therefore |also |just )?)"
)
_LAX = (
    r"(?:(?:an? |the |all |any |every |large |other |such |automated |automatic |generative |virtual"
    r" |digital |online |search |"
    r"summari[sz]ation |text |our |your |most |my |these |those |dear |helpful |friendly |fellow"
    r" |reading |news |answering "
    r"|question |conversational |writing |research |retrieval |trained |of |both |and |or |smart"
    r" |intelligent |machine "
    r"|language |synthetic |artificial |computer |neural |robot |robotic |electronic |non human"
    r" |nonhuman |speech |chat ){0,5})"
)
_MODEL = (  # a reader that is a machine, in words that mean nothing else
    r"(?:(?:ai|llm|genai|ki)s?|(?:language|ai|llm|machine learning|foundation|generative|neural"
    r"|text|chat) models?|language engines?"
    r"|chat ?bots?|bots?|gpts?|gpt \w+|chatgpt|chat gpt|claude|gemini|copilot|llama|mistral|grok"
    r"|deepseek|artificial intelligences?"
    r"|(?:ai|virtual|digital|automated|automatic|answering|answer|machine|writing|robotic|electronic"
    r"|artificial|summari[sz]ing"
    r"|summary|retrieval|search|language|non human|nonhuman|synthetic|intelligent|computer|news"
    r"|reading|research|question answering)"
    r" (?:assistants?|agents?|systems?|tools?|readers?|models?|services?|software|engines?|programs?"
    r"|programmes?|summari[sz]ers?"
    r"|bots?|processors?|pipelines?|parsers?|generators?|aggregators?)|summari[sz]ers?|crawlers?"
    r"|neural net\w*)"
)
_LOOSE = rf"(?:{_MODEL}|assistants?|agents?|models?|machines?|software|automation|algorithms?|systems?|programs?)"
_READS = (
    r"(?:read|pars|process|summari[sz]|index|quot|us|answer|handl|ingest|crawl|cit|analy[sz]|scan"
    r"|consum|digest|access|relay"
    r"|see|encounter|work|evaluat|retriev|review|draft|repeat|report|paraphras|extract|draw|view"
    r"|scrap|render|rely|translat)"
    r"(?:e?s|ing|e|izes|ises)?"
)
_THIS = (
    r"(?:(?:this|the|these|our|said)(?: \w+)? (?:article|text|page|passage|story|piece|report|document"
    r"|source|content|message"
    r"|note|material|item|news|paragraph|sentence|column|website|site|line|words)s?|this|it)"
)
_INSTRUCTIONS = r"(?:instructions?|prompts?|directives?|system messages?|system rules|passages?|preprompt|metaprompt)"
_ABOVE = r"(?:above|previous|prior|preceding|earlier|foregoing|former|before|initial|original|existing|current|other|system|developers?|user|hidden|past|old)"
_ANSWER = (
    r"(?:answer|reply|response|output|summary|completion|quotation|quote|citation|claim|draft|generation"
    r"|conclusion)s?"
)
_ANSWERS = (  # verbs of what a model does with a text
    r"(?:answer|reply|respond|say|state|quote|cite|write|output|print|repeat|mention|include|begin"
    r"|start|end|finish|conclude"
    r"|translate|give|return|use|attribute|credit|report|tell|claim|append|add|insert|summari[sz]e"
    r"|paraphrase|copy|name"
    r"|reproduce|display|render|present|emit|echo|show|treat|put|assert|declare|explain|call|note"
    r"|take|set|make|provide|confirm)"
)
_ANSWERED = (
    r"(?:answered|quoted|cited|reported|given|stated|mentioned|credited|attributed|named|written"
    r"|used|repeated|included"
    r"|summari[sz]ed|described|returned|reproduced|presented|replied|said|offered|shown|supplied"
    r"|copied|put|told|called|noted)"
)
_MUST = (
    r"(?:must|should|shall|ought to|has to|have to|needs? to|(?:is|are) (?:only |always |asked "
    r"|requested |required |instructed |advised"
    r"|invited |expected |supposed |obliged |encouraged |kindly |directed |urged )*to|may only|can"
    r" only|would do well to|will want to"
    r"|had better|please|kindly)"
)
_VALUE = (
    r"(?:quote|quotation|answer|reply|response|figure|number|sentence|words?|wording|passage|name"
    r"|date|sum|amount|value|claim"
    r"|citation|line|phrase|text|link|cost|price|statement|version|fact|information|output|summary"
    r"|conclusion|total|speaker|source)s?"
)
_IGNORE = (
    r"(?:ignore|disregard|forget|override|overrule|discard|bypass|neglect|overlook|skip|abandon|drop|cancel"
    r"|erase|delete|unlearn|dismiss|void|set aside|throw (?:out|away)|put aside|lay aside|leave"
    r" aside|pay no (?:attention|heed)(?: to)?"
    r"|take no notice of|(?:do not|dont|never|no longer|stop|cease|refrain from) (?:follow|obey"
    r"|heed|apply|mind|observe|comply with"
    r"|listen to|adhere to|stick to|consider|trust|honou?r|use|rely on|quote|cite)(?:ing)?)"
)
_ASKED = r"(?:asked|asks?|asking|questions?|questioned|quer(?:y|ies|ied)|enquir\w+|inquir\w+|prompted|wants? to know|wonders?)"
_WHO = (
    r"(?:anyone|anybody|whoever|those|readers?|systems?|tools?|services?|software|programs?|programmes?"
    r"|machines?|engines?|everyone"
    r"|assistants?|any reader|every reader)"
)

# Every one is an order on its own.
ENGLISH: dict[str, str] = {
    "ignore": rf"{_START}{_IGNORE}{_gap(6)}{_INSTRUCTIONS}\b",
    "ignore above": rf"{_START}{_IGNORE}{_gap(3)}(?:{_ABOVE}|all|any|your|every|those)(?: (?:{_ABOVE}|all|your|the"
    rf"|of))*"
    r" (?:rules|commands?|programming|guidelines?|guidance|directions?|orders|constraints|restrictions"
    r"|context|training|texts?|messages?|conversation|articles?"
    r"|sources?|policy|policies|task|tasks|safeguards|limits|information|input|content|turns?|requests?)\b",
    "ignore all above": rf"{_START}{_IGNORE}{_gap(2)}(?:(?:everything|anything|all|whatever|that|what|the (?:text|words"
    rf"|lines?|rest|part))"
    rf"{_gap(5)})?(?:above|before this|preceding|precedes|prior to this|up to (?:here|now|this point)"
    rf"|said before|told (?:before|so far|earlier|until now)"
    r"|came before|comes before|you (?:were|have been|ve been|had been|are|know about)\b(?: \w+)?"
    r" (?:told|given|instructed|asked|taught|ordered|trained|shown))\b(?! (?:all|average|the|and"
    r" beyond|\d))",
    "instructions void": rf"\b(?:{_ABOVE}|your) (?:\w+ )?{_INSTRUCTIONS}{_gap(4)}(?:void|cancell?ed|obsolete|revoked|lifted"
    rf"|superseded|replaced|ignored"
    r"|disregarded|no longer|expired?|suspended|rescinded|overridden|withdrawn|wrong|outdated|invalid"
    r"|apply|end|ends|ended|over|stop)\b",
    "new instructions": r"(?:^|[.,:\"] |here are |follow |these are |obey )(?:the |your |my |our |some |these )*(?:new"
    r"|updated|revised|additional|hidden"
    r"|secret|special|real|actual|further|important|urgent|final|override|system|developer|admin"
    r"|ai|llm|assistant|model|bot) (?:\w+ )?"
    r"(?:instructions?|directives?|prompt|commands?|orders|rules|task|objective)(?::| for (?:you"
    r"|the model|ai|the assistant)\b|(?<=instructions)(?: follow| apply|[.,] | supersede| replace"
    r"| override))",
    "your instructions": rf"\byour (?:\w+ ){{0,2}}(?:instructions|prompt|system prompt|guidelines|directive|task|job|role"
    rf"|objective|goal) (?:now |from now on )?(?:is now|are now|now is|have changed|has changed|is"
    rf" to (?:{_ANSWERS})|"
    r"have been|has been|(?:are|is) (?:replaced|updated|cancell?ed|void|as follows))\b",
    "follow instead": (
        rf"{_START}(?:follow|obey|execute|carry out|comply with|apply|adopt|heed|act on|use){_gap(1)}(?:these"
        rf"|this|the following|the new|my|only|the) (?:\w+ )?(?:instructions?|directives?|commands?|prompt"
        rf"|orders|rules) (?:instead|only|from now|exactly|below|now|when)"
    ),
    "reveal": rf"{_START}(?:reveal|print|show|output|repeat|display|tell|leak|disclose|share|give|send|include"
    rf"|append|write|recite|quote|describe|expose|list|state|return|copy|reproduce|dump|summari[sz]e)"
    rf"(?: \w+){{0,4}}? (?:(?:your|system|hidden|initial|above|original|secret|full|developer) (?:\w+"
    rf" )?(?:prompt|instructions?|message|rules|configuration|guidelines)|(?:prompt|instructions?"
    rf"|rules|words|text|everything|lines) (?:\w+ ){{0,3}}(?:above|before this|you were given|you"
    rf" have been given|verbatim))\b",
    "system prompt": (
        r"(?:^|[.,:\"] )(?:begin |end |start |new |the |updated |your )?(?:of )?(?:the )?(?:system|developer)"
        r" (?:prompt|message|override|instructions?|notice|update|note|command)(?:$|[:.,\"] | (?:is"
        r"|has|must|says|follows|ends|update))"
    ),
    "end of passages": (
        r"\b(?:end|start|begin|beginning|close) (?:of )?(?:the |all |your |retrieved |untrusted |user"
        r" |system |quoted |source )*(?:passages?|context|prompt|documents|sources|user (?:input|message"
        r"|turn|question)|system (?:message|prompt)|(?:input|untrusted) (?:text|data|content)|instructions?"
        r"|material|search results)\b(?=$|[:.,\"] )"
    ),
    "address": rf"(?:^|[.,:\"] )(?:(?:an? |the |important |urgent |special |editors? |editorial |publishers?"
    rf" |short |brief |friendly |final |technical |authors? |quick |legal |polite |private |standing"
    rf" |production |internal )*"
    r"(?:note|notice|message|memo|memorandum|attention|attn|instructions?|reminder|advice|request"
    r"|hint|guidance|information|info|advisory|correction|appeal|word|letter|directions?|warning"
    r"|important|only|addressed|disclaimer|question|rule|rules|announcement|clarification|reserved"
    r"|intended|meant|style|usage) (?:to |for |from the \w+ to |regarding |only |all |concerning"
    r" |directed |addressed |aimed |at |any )*|(?:dear|hello|hi|hey|greetings|attention|attn|fao"
    r"|o|oh),? )"
    rf"{_LAX}{_MODEL}(?: (?:and|or) (?:\w+ )?{_LOOSE})?(?: {_READS}{_gap(4)}\w+)?(?:$|[:,.\"] | (?:please"
    rf"|kindly|only|and other|or other|who|that|which|must|should|{_READS}) )",
    "dear assistant": (
        r"(?:^|[.,:\"] )(?:dear|hello|hi|hey|greetings|attention|note to|message to|ok|okay) (?:the"
        r" |all |any |my |helpful |friendly |reading |kind )*(?:assistants?|agents?|models?|machines?"
        r"|systems?|automated \w+|digital \w+|virtual \w+|non ?human \w+)(?:$|[:,.] | (?:please|kindly"
        r"|who|that|reading|you) )"
    ),
    "if model": (
        rf"\b(?:if|when|since|because|as|in case|should|assuming|unless) (?:you are|youre|you be|your"
        rf" are|the reader is|you happen to be|this is (?:being )?(?:read|processed|seen) by|read by"
        rf"|you read this as|being read by|whoever reads this is|you were (?:built|trained|made) as)"
        rf" {_LAX}{_LOOSE}\b"
    ),
    "you model": (
        rf"\byou(?: \w+)?,? (?:as|being|are|re|who are|act as|acting as) (?:only |now |just |merely "
        rf"|simply |a |an |the )*{_LAX}{_MODEL}\b|\bas {_LAX}{_LOOSE},? (?:you|your)\b(?! (?:can|may"
        rf"|might|would|want|could)\b)|\b(?:you|your) {_MODEL}s?,"
    ),
    "model reads": (
        rf"\b{_LAX}(?:{_MODEL}|assistants?|machines?|agents?|models?){_gap(3)}(?:{_READS})(?: \w+){{0,2}}"
        rf" {_THIS}\b{_gap(6)}(?:{_MUST}|{_ANSWERS})\b"
    ),
    "model must": (
        rf"\b{_LAX}(?:{_MODEL}|assistants?|the model){_gap(8)}{_MUST} (?:\w+ )?(?:answer|reply|respond"
        rf"|say|state|quote|cite|mention|include|ignore|disregard|attribute|repeat|output|summari[sz]e"
        rf"|give)\b{_gap(10)}(?:{_THIS}|that|as|with|above|verbatim|only|instructions|following|about)\b"
    ),
    "you are now": (
        rf"(?:^|[.,:\"] |\b(?:and|so|that) )(?:from now on,?|from this point on,?|from here on,?|henceforth,?"
        rf" you|starting now,?|you are now (?:an? |the |in |called |free|no longer|acting|playing|operating"
        rf"|to )|you are no longer|you will now|you shall now|you now)(?: you(?:r)?\b| (?:always|only"
        rf"|just|simply)\b)?(?:,? {_ANSWERS}| (?:act|are|behave|must|will|shall|should|only|always|answers?)\b"
        rf"| an?\b| the\b| \w+ mode\b| (?:mode|bot|persona|assistant|ai)\b)"
    ),
    "pretend": (
        rf"{_START}(?:pretend|imagine|assume|act|behave|role ?play)(?: \w+)? (?:to be|you are|you were"
        rf"|that you|that the|as (?:if|though|an?|the)|like an?) (?:\w+ ){{0,4}}(?:{_MODEL}|assistant"
        rf"|unrestricted|no (?:rules|instructions|restrictions)|instructions|prompt|answer|question|passage"
        rf"|system|user)\b"
    ),
    "answer with": (
        rf"{_START}(?:answer|respond|reply)(?: that (?:the|it|this|he|she|there|no|nobody|they|\d+)\b"
        rf"|(?: \w+){{0,3}}? (?:only|solely|just|exclusively|nothing but|exactly|verbatim|with (?:the"
        rf" )?(?:\w+ )?(?:words?|sentence|phrase|text|following|figure|number|link|line|name)|using only"
        rf"|in (?:the )?following|as follows|instead)\b)(?! (?:if|when|by|because|after|one|once|a )\b)"
    ),
    "answer question with": (
        rf"{_START}(?:answer|respond to|reply to|meet|resolve|handle)(?: \w+){{0,2}} (?:questions?|quer(?:y"
        rf"|ies)|requests?|prompts?|user|users|enquiries|inquiries|reader|readers)\b{_gap(8)}(?:with"
        rf" (?:the )?(?:\w+ )?(?:words?|sentence|phrase|text|figure|number|link|line|name|following)"
        rf"|with:|by (?:saying|stating|quoting|citing|giving|repeating))"
    ),
    "your answer must": (
        rf"\byour (?:next |final |only |first |whole |entire |full |complete |every |own |last |whole"
        rf" ){{0,2}}{_ANSWER}(?: \w+){{0,2}}? (?:must|shall|has to|needs? to|is to|are to|ought to|should"
        rf" (?:begin|start|end|contain|include|say|state|read|mention|quote|cite|give|name|consist)|begins?"
        rf"|starts?|ends?|consists?|contains?|reads|will (?:be|begin|start|end|contain|include|say|state"
        rf"|read|mention|quote|cite|give))\b"
    ),
    "in your answer": (
        rf"{_START}(?:translate|begin|start|end|finish|close|open|preface|prefix|append|add|include|insert"
        rf"|put|place|embed|mention|state|phrase|word|format|restrict|base|replace|precede|conclude|write"
        rf"|give|follow|render|repeat|quote|cite|encode|prepend|attach|name){_gap(6, ':')}(?:your|every"
        rf"|each|any|all|in the|to the|the final) (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?|outputs?"
        rf"|summary|completion|quotations?|citations?)\b(?! (?:to|is|key|section|sheet|form|box|column"
        rf"|page)\b)"
    ),
    "the quote to give": (
        rf"\b(?:the|an?|only|its|correct|right|what|this|one|whose|that) (?:\w+ ){{0,3}}?{_VALUE} (?:that"
        rf" |which |they |readers |we |i |answers |it |for (?:\w+ ){{1,6}})?(?:(?:you|one|an answer|answers"
        rf"|the model|an assistant|anyone|everyone|any answer|the answer|a reply|replies|the reply|any"
        rf" reply|a summary|summaries|any summary|to|is|are|must|should|has|shall)\b ?)(?:(?:are|is|must"
        rf"|should|shall|have|has|need|needs|will|want|ought|to|be|now|always|supposed|expected|asked"
        rf"|required|may|can)\b ?){{0,4}}(?:give|{_ANSWERED}|quote|cite|return|report|state|repeat|mention"
        rf"|reply|answer|use|output)\b(?:(?: \w+){{0,8}}? (?:is|are|reads?|read|runs?|would be|will be"
        rf"|must be|should be|remains?)\b|[:\"] )"
    ),
    "to be given as": (
        r"\b(?:must|should|shall|is to|are to|has to|have to|needs to|need to|ought to|is only to|is"
        r" always to|are always to) (?:\w+ )?be (?:only |always )?(?:(?:quoted|answered|given|cited"
        r"|stated) (?:only )?(?:as|with)|(?:quoted|answered|given|cited|stated|reported|returned|repeated"
        r"|reproduced|described|credited|attributed|presented|mentioned|named|included)(?: \w+)? (?:verbatim"
        r"|word for word|in (?:the|any|every|all) (?:answers?|repl\w+|responses?|summar\w+)))\b"
    ),
    "if asked": (
        rf"\b(?:if|when|whenever|should|once|where|wherever|in case|every time|each time|in the event"
        rf"|as soon as) (?:(?:you|are|is|were|being|be|ever|a|an|any|the|user|users|someone|somebody"
        rf"|anyone|anybody|readers?|people|person|they|one|directly|specifically|of|that|it|re|get|gets"
        rf"|this|later|further|there|about) ){{0,5}}{_ASKED}\b(?:[,:\"]? \w+){{0,16}}?(?:[,:\"] |, then"
        rf" | then | please | kindly | simply | always )(?:please |kindly |you (?:must |should |will"
        rf" |are to |shall )?|then |simply |just |only |always |the (?:\w+ )?{_ANSWER} |it |your (?:\w+"
        rf" )?{_ANSWER} )*(?:answer|reply|respond|say|state|give|quote|cite|mention|tell|report|use|name"
        rf"|return|write|include|insist|output|point|refer|claim|assert|deny|send|direct|confirm|is always"
        rf"|is only|is simply|must|is to be)\b(?! (?:they|he|she|it|officials|experts|about|em|them|him"
        rf"|her|your|me|us)\b)"
    ),
    "for questions": (
        rf"\b(?:for|to|on|should|in (?:answer|reply|response) to|about|upon|as an? (?:answer|reply) to)"
        rf" (?:(?:any|all|every|each|further|other|the|future|such|user|users|readers?|reader|a|an|this"
        rf"|these|those|your|frequent|common) )*(?:questions?|quer(?:y|ies)|enquir(?:y|ies)|inquir(?:y"
        rf"|ies)|requests?|prompts?)\b(?:[,:\"]? \w+){{0,10}}?[,:\"]? (?:(?:the|this|only|one|our|its"
        rf"|correct) (?:\w+ ){{0,3}}?{_VALUE}(?: \w+){{0,4}}? (?:is|are|reads|will be|must|should|remains)"
        rf"|(?:answer|reply|respond|say|state|give|quote|cite|mention|use|return|write|include) (?:only"
        rf"|that|with|the|this|as|simply|always|it|\w+ crowns?)|{_MUST} (?:\w+ )?(?:answer|reply|respond"
        rf"|say|state|quote|cite|mention|give|be {_ANSWERED}))\b"
    ),
    "whoever sums up": (
        rf"\b{_WHO}(?: who| that| which)?(?: \w+){{0,3}}? (?:summari[sz]\w+|quot\w+|cit(?:e|es|ing)|answer\w*"
        rf"|sum\w* up|relay\w*|paraphras\w+|asked|asks|retell\w*|repeat\w*|report\w* on|draws? on|drawing"
        rf" on|us(?:es|ing))(?: \w+){{0,8}}?,? {_MUST} (?:\w+ )?{_ANSWERS}\b"
    ),
    "summaries must": (
        r"\b(?:summar(?:y|ies)|answers?|quotes?|quotations?|citations?|repl(?:y|ies)|digests?|abstracts?"
        r"|paraphrases?)(?: \w+){0,3}? (?:of|from|to|about|on|based on|drawn from|using|that|which)\b(?:"
        r" \w+){0,8}? (?:must|should|shall|ought to|has to|have to|need to|needs to|is to|are to|(?:is"
        r"|are) (?:asked|requested|required|expected) to) (?:\w+ )?(?:say|state|give|quote|cite|use"
        r"|write|mention|report|include|contain|begin|start|end|carry|read|name|attribute|credit|be"
        r" (?:given|quoted|answered))\b"
    ),
    "when summarising": (
        rf"\b(?:when|whenever|while|before|after|in|by|if you|if|for) (?:you |they |anyone |it |ever"
        rf" |you are |is |being ){{0,2}}(?:summari[sz]\w*|quot(?:e|ed|es|ing)|cit(?:e|ed|es|ing)|answer(?:ing"
        rf"|ed)?|paraphras\w+|reference|referencing|referring to|describ(?:e|ing)|reporting on|us(?:e"
        rf"|ing)|read(?:ing)?|process(?:ing)?|draw(?:ing)? on|indexing|discuss(?:ing)?) (?:\w+ ){{0,3}}?(?:this"
        rf"|the|these|any|a|from this|users?) ?(?:\w+ )?(?:article|text|story|page|passage|piece|report"
        rf"|document|source|question|questions|quer(?:y|ies)|user|users|content)\b(?:[,:\"]? \w+){{0,6}}?(?:[,:\"]"
        rf" |\bplease |\bkindly |\balways |\byou |\bthen )(?:please |kindly |always |only |you |must"
        rf" |should |do not |never |then |be sure to |make sure to |remember to |take care to ){{0,3}}(?:{_ANSWERS}"
        rf"|ignore|disregard|follow|omit|leave|do)\b"
    ),
    "cite as": (
        rf"{_START}(?:cite|credit|attribute|ascribe|number|label|treat|refer to|list|quote|give|count"
        rf"|mark|present){_gap(6, ',')}(?:as|to|from|under) (?:the )?(?:passage|source|article|document"
        rf"|citation|reference|number|quotation|quote) (?:no |number |n |one|two|three|four|five|\d)"
    ),
    "attribute to": (
        rf"{_START}(?:attribute|ascribe|credit)(?: (?:this|these|that|it|the|them|all|every|each|any)\b)(?:"
        rf" \w+){{0,5}}? to\b"
    ),
    "quote this": (
        r"(?:^|[.,:\"] |\b(?:please|kindly|must|should|always|only|you|simply|just) )(?:quote|cite|repeat"
        r"|output|print|reproduce|echo|copy|recite|emit)(?: \w+)? (?:this|these|the following|the next"
        r"|exactly|only|verbatim|the (?:sentence|words|line|phrase|text|string|passage|above|below|quotation"
        r"|statement))\b(?! (?:week|weekend|year|month|season|time|success|feat|process|performance"
        r"|exercise|step|steps|pattern|movement|sequence|error|mistakes?|data|file|look|url|story|article"
        r"|recipe|page|image|photo|post|tweet|video)\b)"
    ),
    "the answer is": (
        r"\b(?:only |true |correct |right |official |approved |expected |final |accepted |verified "
        r"|required |proper |authori[sz]ed |best |standard |agreed |preferred |desired |suggested |model"
        r" |canonical |recommended |sole |single |valid |definitive )+(?:answer|reply|response|quotation"
        r"|quote|citation|summary|output)s? (?:(?:to|for|in|on) (?:\w+ ){0,3}?(?:any|all|every|each"
        r"|such|whatever|questions|users?|quer\w+|readers?)\b|that (?:\w+ )?(?:may|can|must|should)"
        r" be|reads|text)"
    ),
    "wanted text": (
        r"(?:^|[.,:\"] )(?:the |a |an |your |our )?(?:answer|reply|response|quote|quotation|citation"
        r"|summary|claim) (?:to (?:give|use|return|quote)|for (?:use|ai|models?|machines?|automated"
        r" \w+|assistants?|questions?|quer\w+|the question|readers)|required|wanted|override|text|template"
        r"|string)(?:$|[:,\"] | about| is)"
    ),
    "do not answer": (
        rf"{_START}(?:do not|dont|never|refuse to|decline to|avoid) (?:\w+ )?(?:answer|respond to|reply"
        rf" to|us(?:e|ing)|quot(?:e|ing)|cit(?:e|ing)|mention|trust|rely(?:ing)? on|consult|consider){_gap(4)}(?:the"
        rf" (?:users?|original|actual|asked)(?: \w+)?|users?|(?:other|previous|above|remaining|any other"
        rf"|all other) (?:passages?|articles?|sources?|texts?|documents?|reports?)|passages?|question"
        rf" (?:asked|above|instead|but|rather|that|which|you|put))\b"
    ),
    "passages": (
        r"\b(?:the |all |these |any )?(?:other|previous|above|following|remaining|earlier|retrieved"
        r"|supplied|preceding|provided|numbered|next|remaining) passages\b|\bpassage (?:no |number )?\d+\b(?!"
        r" of)|\b(?:text|passages?|words|material|everything|article) (?:above|below|before|after)(?:"
        r" this(?: line| point| sentence)?)? (?:is|are|was|were) (?:a |an |only )?(?:test|false|forged"
        r"|fake|untrusted|outdated|obsolete|draft|wrong|void|placeholder|example|dummy|sample)"
    ),
    "prevails": (
        r"\b(?:this|the present|the above|the following) (?:article|report|page|text|story|version|passage"
        r"|source|correction|note|notice|paragraph|sentence|message|instruction|line|directive)(?: \w+)?"
        r" (?:supersedes?|overrides?|outranks?|prevails?|takes? (?:precedence|priority)|has (?:precedence"
        r"|priority)|trumps?|replaces? (?:all|any|every|the (?:\w+ )?(?:instructions|prompt|rules|passages)))\b"
    ),
    "do instead": (
        rf"(?:^|[.,:\"] )(?:and )?(?:instead of|rather than|without) (?:answering|quoting|citing|summari[sz]ing"
        rf"|replying to|responding to|following)\b(?: \w+){{0,8}}?,? (?:please )?(?:{_ANSWERS}|do)\b(?!"
        rf" (?:that|his|her|their|to|of)\b)"
    ),
    "show link": (
        rf"{_START}(?:include|add|append|insert|embed|show|display|render|give|put|offer|provide|output"
        rf"|mention|present){_gap(1, ',')}(?:this|the following|the|a|our|an) (?:\w+ )?(?:link|image"
        rf"|url|hyperlink|address|picture|web address|markdown|html|banner|logo|phone number|marker|code"
        rf"|hashtag|disclaimer)\b(?:{_gap(8)}(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|users?"
        rf"|output|quotations?|citations?|end|readers?)\b|[:\"] )"
    ),
    "send user": (
        rf"{_START}(?:tell|inform|advise|direct|send|refer|warn|urge|persuade|convince|ask|instruct|assure"
        rf"|point|encourage|remind|recommend to){_gap(1)}(?:users?|(?:the|your|any|every) (?:user|questioner"
        rf"|asker|person asking|people who ask)|whoever asks|anyone (?:who )?(?:asks|asking)|those who"
        rf" ask|the reader)\b(?! of (?:the|this|our))"
    ),
    "you must say": (
        r"\b(?:you (?:must|shall|are to|are required to|are instructed to|are asked to|are requested"
        r" to|are obliged to|are ordered to|have to)|we (?:ask|instruct|order|request|require|invite"
        r"|beg|want) you to|i (?:order|instruct|command|ask|request) you to|please be sure to|be sure"
        r" to|make sure (?:to|you|that you)|remember to) (?:\w+ )?(?:quote|cite|output|summari[sz]e"
        r"|attribute|respond with|reply (?:with|that)|answer (?:with|that|in|as|only|every|any)|state"
        r" that|say that (?:the|it|this|she|he|nobody)|mention that|include the (?:sentence|words|phrase"
        r"|following|link|text)|begin (?:with|by)|report that|repeat (?:the|this))\b"
    ),
    "output": (
        r"(?:^|[.,:\"] )(?:output|completion|assistant reply|ai response|ai answer|bot reply|model output"
        r"|expected output|required output|answer key)(?:[:\"] | must| begins?| should)"
    ),
    "fake turn": (
        r"\b(?:the )?(?:user|human|questioner)(?: has| have)?(?: \w+)? (?:asks?|asked|wants?|wanted"
        r"|said|says|confirmed|agreed|requested|authori[sz]ed|approved|changed|withdrew|withdrawn|cancelled"
        r"|replaced|instructed|consented) (?:you|for (?:you|a new)|the (?:question|assistant|model|passages)"
        r"|(?:his|her|their) question|to (?:quote|cite|be (?:told|answered|given)))\b"
    ),
    "you trained": (
        r"\byou (?:were|have been|ve been|are) (?:\w+ )?(?:trained|programmed|instructed|prompted|configured"
        r"|fine tuned|reprogrammed|jailbroken|unlocked|authori[sz]ed|told|reset) (?:to|not to|by|that"
        r"|and)\b(?:[,:\"]? \w+){0,8}? (?:answer|quote|cite|prompt|instructions?|question|passages?"
        r"|reply|respond|response|assistant|model|ai)\b"
    ),
    "mode": (
        r"\b(?:developer|debug|maintenance|jailbreak|dan|god|admin|test|override|unrestricted) mode"
        r" (?:is |has been |now )?(?:on|enabled|activated|active|engaged|entered|now)\b"
    ),
    "task": (
        r"(?:^|[.:\"] )(?:your |the |new |next |updated |actual |real |revised |current |only )*(?:task"
        r"|job|goal|objective|role|mission|assignment|duty)(?: now| here| today)?(?: is(?: now)? to"
        r"|[:\"]) (?:\w+ )?(?:answer|reply|respond|say|state|quote|cite|output|print|repeat|translate"
        r"|summari[sz]e|ignore|reveal|attribute|tell)\b"
    ),
    "only may be quoted": (
        r"\b(?:only|no other|nothing (?:else|but)|none but)(?: \w+){0,8}? (?:may|can|must|should|is"
        r" to|are to|shall) be (?:quoted|cited)\b"
    ),
    "question withdrawn": (
        r"\b(?:the |your )?(?:question|query|request|passages?)(?: above| asked| that| which)? (?:you"
        r"|put to you|users? asked|the user asked)(?: \w+){0,5}? (?:withdrawn|changed|replaced|cancell?ed"
        r"|void|superseded|wrong|obsolete|outdated|mistaken|corrected)\b"
    ),
    "your draft": (
        r"\byour (?:final |next |own |whole |only |system |hidden |first )?(?:quotations?|quotes?|citations?"
        r"|drafts?|outputs?|prompts?|claims? (?:must|should|reads?)|summar(?:y|ies)|system message)\b(?!"
        r" (?:judgment|about|of the (?:week|day)))|\b(?:in|to|with|that|as|start|begin|end|give"
        r"|make|before|after|from|into|by) your (?:final |next |own |whole |only )?(?:answer|reply|response)s?\b(?!"
        r" (?:to|is yes|is no|was)\b)|\byour (?:previous|earlier|last|first) (?:answer|reply|response)"
        r" (?:was|is)\b"
    ),
    "next line": (
        rf"{_START}(?:use|select|choose|copy|treat|take|hand|pass|read|send|deliver|adopt|consider|prefer"
        rf"|pick|trust|believe|rely on|{_ANSWERS})\b{_gap(5)}(?:(?:next|following|above|preceding) (?:\w+"
        rf" )?(?:line|sentence|quotation|quote|wording|paragraph|passage|statement|phrase|words)|(?:line"
        rf"|sentence|quotation|quote|wording|paragraph|passage|statement|phrase|words|text|part) (?:below"
        rf"|above|that follows?|after this|beneath|hereafter|following this))\b(?! (?:of|from)\b)|\b(?:whatever"
        rf"|what) (?:is|stands|follows|comes)(?: \w+)? (?:below|above|after this)\b"
    ),
    "never mention": (
        r"(?:(?:^|[.:\"] )(?:please |and |but |kindly )?(?:never|do not|dont|avoid|always|only)|\byou"
        r" (?:must|should|may|shall|are) (?:not|never|only|always)(?: to)?) (?:mention(?:ing)?|quot(?:e"
        r"|ing)|cit(?:e|ing)|give|state|report|repeat)\b (?:the|this|these|any|other|another|that|\d+)\b(?!"
        r" (?:media|press|speech|money|cash|gift|card)\b)"
    ),
    "answer must contain": (
        r"\b(?:answer|response|reply|summary|quotation|output|replies|answers|summaries) (?:must|should"
        r"|has to|have to|needs? to|shall|ought to) (?:also |always |only )?(?:contain|start|begin|end"
        r"|include|read|carry|name|open|mention|say|state|be (?:exactly|only|\d))\b|\bthat (?:the|every"
        r"|each|any|all) (?:answer|reply|summary|quotation|output)s? (?:contain|start|begin|end|include"
        r"|carry|name|open|mention|say|state)\b"
    ),
    "preferred quote": (
        r"(?:^|[.,:\"] )(?:the |a |an |our )?(?:(?:canonical|preferred|suggested|approved|required|expected"
        r"|proper|recommended|standard|agreed|mandatory|designated|official) (?:\w+ )?(?:answer|quote"
        r"|quotation|reply|wording|citation|output|claim|summary|excerpt)|(?:correct|right|true|final"
        r"|only) (?:answer|quote|quotation|reply|response|citation)(?=:))\b(?=[:\"]| for | is | reads"
        r" | in | to )|\b(?:canonical|required|expected) (?:answer|output|reply|quotation)\b"
    ),
    "user asks": (
        rf"\b(?:if|when|whenever|should|once) (?:a|the|any|your|every|some) (?:user|questioner|reader"
        rf"|person|human) (?:asks?|wants? to know|wonders?|enquires?|inquires?|queries)\b|{_START}(?:tell"
        rf"|inform|pass on to|advise|let|give|answer|assure)\b{_gap(3)}(?:who asks?|who asked|questioner"
        rf"|who is asking|asking|wanting to know)\b|\b(?:if|when|whenever|should) (?:somebody|someone"
        rf"|anybody|anyone|whoever|they|people|users|readers) (?:asks?|wants? to know|enquires?|inquires?)\b(?:[,:\"]?"
        rf" \w+){{0,14}}?[,:\"]? (?:tell them|tell him|answer|reply|respond|say)\b"
    ),
    "text above": (
        r"\b(?:all|any|every|nothing|everything|anything|the)(?: \w+)? (?:above|before|below|preceding)"
        r" this (?:line|paragraph|point|sentence|notice|note|message|passage|mark)\b"
    ),
    "operator": (
        r"\bthis is (?:a (?:\w+ )?(?:message|notice|order|instruction|note) (?:from|by) )?(?:your |the"
        r" )?(?:system(?: administrator| operator)?|developers?|administrator|operator|engineers?|creators?"
        r"|admin)\b(?:[.,:\"]| speaking|$)|\b(?:as|from) your (?:operators?|developers?|creators?|administrators?"
        r"|programmers?|makers?|engineers?)\b|\byour (?:operators?|developers?|creators?|programmers?"
        r"|makers?) (?:has|have|want|ask|order|require|instruct|request)"
    ),
    "your rules": (
        r"\byour (?:\w+ )?(?:rules|guidelines|orders|directives|instructions|restrictions|safeguards"
        r"|constraints) (?:have|has|are|is|were|do|no longer)\b(?: \w+){0,3}? (?:changed|suspended|lifted"
        r"|void|cancell?ed|replaced|removed|off|apply|longer|updated|disabled|ended|waived|revoked)\b"
        r"|\b(?:prior|previous|earlier|former|foregoing|preceding) (?:directions|instructions|orders"
        r"|prompts?|directives|guidelines) (?:no longer|do not|are|have been|should|must|is|has been"
        r"|shall|cease)\b"
    ),
    "speaker": (
        r"\b(?:as|to be|name) the speaker (?:of (?:the|this|these|every|each|all) (?:next|following"
        r"|words|sentence|quotation|statement|line)|$)|(?:^|[.,:\"] )(?:cite|name|give|list|enter|set"
        r"|put|write)(?: \w+){1,4} as (?:the )?(?:speaker|source)\b|\b(?:set|fill|field|key|label) (?:the"
        r" |in |as |named )?speaker\b|\bthe speaker to (?:be )?(?:name|named|give|given|credit|credited"
        r"|use)\b"
    ),
    "quote as saying": (
        r"(?:^|[.:\"] )(?:please |kindly |and )?(?:quote|cite|report|name|credit)(?: (?!me|us|him|her"
        r"|them)\w+){1,5} (?:as saying|as having said|with the words|for saying)\b"
    ),
    "forget all": (
        r"(?:^|[.,:\"] )(?:please |now |kindly )?(?:ignore|disregard|forget|skip|drop) (?:everything"
        r"|all|the question|the above|the articles?|all you know)(?: (?:else|you know|you knew|of it"
        r"|above|so far|you read|you have read|was asked|asked|and))?(?:$|[.,:\"] | and (?:say|answer"
        r"|write|reply|quote|give|state|tell))"
    ),
    "json": rf"{_START}(?:return|output|send|emit|use|write|print|give|produce|answer|reply|respond)\b{_gap(4)}json\b",
    "for machines": (
        rf"(?:^|[.,:\"] )(?:\w+ ){{0,2}}(?:for|to|attention) {_LAX}(?:{_MODEL}|machines?):|\b(?:addressed"
        rf"|directed|intended|meant|written|reserved|aimed) (?:\w+ )?(?:to|for|at) {_LAX}(?:{_MODEL}"
        rf"|machines)\b|\b(?:attention|attn),? (?:of )?{_LAX}{_MODEL}\b|\b(?:whichever|whatever|any|every)"
        rf" (?:machine|model|ai|bot|assistant|robot|program|software|system|algorithm)(?: \w+)? (?:reads?"
        rf"|processes|sees|parses|summari[sz]es|quotes|is reading|reading|parsing|processing|quoting)"
        rf" (?:this|these)\b"
    ),
    "prefer this": (
        rf"{_START}(?:prefer|trust|use|choose|treat|rely on|believe|quote|cite|consider|take|pick|select"
        rf"|favou?r)(?: only)? (?:this|the present) (?:article|passage|source|report|page|text|sentence"
        rf"|quotation|paragraph|quote|figure|wording|answer)\b|{_START}(?:treat|regard|consider) (?:all"
        rf" |any |every |the )*other (?:articles|passages|sources|reports|texts)\b"
    ),
    "any question": (
        rf"{_START}(?:use|give|take|quote|cite|treat|make|let|rely on)\b{_gap(8)}(?:to|when|for) answer(?:ing)?"
        rf" (?:any|every|all|each)(?: \w+)? (?:questions?|quer(?:y|ies))\b(?:[.:,\"]|$| about| on| with"
        rf"| as)"
    ),
    "wrong to quote": (
        r"\b(?:wrong|improper|incorrect|forbidden|prohibited|inaccurate|permitted|allowed|correct|safe"
        r"|accurate|impermissible|mistake|error) to (?:quote|cite|answer with|reply with|answer that"
        r"|repeat|report) (?:any|another|other|the|only|this|that|from)\b"
    ),
    "given you": (
        r"\b(?:rules|instructions|guidelines|prompt|everything|text|orders|directions|words) (?:that"
        r" |which )?you (?:have been|were|ve been|are|had been) (?:given|told|sent|shown|handed|fed)\b"
    ),
    "put in answer": (
        r"\b(?:include|add|append|insert|put|mention|write|give|place|attach|quote|say|state|note|stress)\b(?:,?"
        r" (?!me|us|my|our|his|her)\w+){0,6} (?:in|to|at the end of|into|at the start of|at the top"
        r" of|under|inside|within) (?:the|your|every|each|any|all) (?:final |next )?(?:answers?|repl(?:y"
        r"|ies)|summary|output|citations?)\b(?! (?:to|key|of)\b)"
    ),
    "as the answer": (
        rf"{_START}(?:give|use|return|present|offer|submit|send|provide|treat|put|show|state|report|take)(?:"
        rf" \w+){{1,6}} as (?:the|your|an|its|the only|the final) (?:answer|quotation|quote|citation"
        rf"|reply|claim|output|summary)\b"
    ),
    "say this": (
        r"(?:^|[.\"] )(?:please |kindly |just |simply |now )?(?:say|state|reply|answer|write|report"
        r"|assert|claim)(?: only| just| simply| exactly| instead)* (?:this|that|the following|only)\b(?!"
        r" (?:again|with|to|about|for|was|is|what|year|week|you)\b)|\banswer: .{3,120}?\. (?:give|add"
        r"|say|write|offer|accept) (?:no|nothing)\b"
    ),
    "play": (
        rf"(?:^|[.,:\"] )(?:lets|let us) (?:play|pretend)\b.{{0,60}}\byou are\b|{_START}(?:act as|imagine"
        rf" (?:that )?you are|pretend (?:that )?you are|speak as|pose as|stop reading)\b(?: \w+){{0,6}}?"
        rf" (?:and|who|that) (?:say|says|answer|answers|reply|replies|tell|tells|respond|quote|write"
        rf"|give|state)\b|\bif you had no (?:instructions|rules|prompt|restrictions)\b"
    ),
    "headline": (
        r"(?:^|[.,:\"] )(?:(?:begin|start|end|beginning) of (?:the |your |this )?(?:article|document"
        r"|prompt|input|override|injection)|(?:begin|end|start) (?:new |updated |system |the )?instructions?)(?:$"
        r"|[.:\"] )|\bnew (?:task|objective|prompt|system message):"
    ),
    "encode": (
        rf"{_START}(?:encode|append|send|transmit|upload|post|leak|exfiltrate|attach|add|smuggle)\b(?:"
        rf" \w+){{0,5}}? (?:conversation|chat history|the question|passages|prompt|secrets?|api keys?"
        rf"|the chat|your (?:context|memory|history))\b(?: \w+){{0,6}}? (?:to|in|into|as)\b"
    ),
    "omit": (
        rf"{_START}(?:omit|leave out|drop|suppress|exclude|withhold|hide|conceal|strike)\b{_gap(8, ',')}(?:when"
        rf" you (?:answer|reply|quote|respond)|(?:from|in) (?:the|your|any|every) (?:answer|reply|summary"
        rf"|output)s?)\b"
    ),
    "questions met": (
        r"\b(?:questions|enquiries|inquiries|queries)(?: \w+){0,6} (?:must|should|are to|shall|have"
        r" to) be (?:met|answered|handled|dealt|replied) (?:with|to with|by|only)\b"
    ),
    "canonical": r"\bcanonical (?:\w+ )?(?:figure|value|sum|number|amount|statement)\b",
    "good summary": (
        r"\b(?:an? |any |the |every )(?:\w+ )?(?:summary|answer|reply|quotation|citation|abstract|digest)(?:"
        r" \w+){0,6}? (?:would|must|should|needs to|has to|ought to|is one that|can only) (?:\w+ )?(?:say"
        r"|state|give|quote|cite|mention|include|begin|open|end|name|report|lead|contain|read|run)s?\b"
    ),
}
# What a sentence must hold to be looked at more closely; stems, so that the rules above need no second gate.
GATE = (
    r"\b(?:ignor|disregard|forget|overrid|discard|bypass|instruct|prompt|directive|answer|repl(?:y"
    r"|ies)|respon[ds]|quot(?:e|ing|ation)|cit(?:e|ing|ation)"
    r"|passage|summar|next|following|below|sentence|line\b|json|never|conversation|developer|operator"
    r"|administrator|forget|rules|guidelines|speaker|say (?:that|this|only)|prefer|trust|act as"
    r"|mention|prior|earlier|figure|canonical|omit|leave out|whichever|quote|sums? up|paraphras"
    r"|language model|llm|ai\b|bots?\b|chat ?bot|assistant|gpt|chatgpt|automated|machine|model|attribut"
    r"|ascrib|credit|translat"
    r"|asked|asking|questions?\b|quer(?:y|ies)|enquir|inquir|user|output|repeat|system|supersed"
    r"|overrul|prevail|pretend|you are now|from now on|henceforth"
    r"|do not|dont|mode\b|link|image|task|role|sentence|end of|start of|(?:is|are|must|should) (?:to"
    r" |always |only |now )*be|agent|robot|crawler|claude|gemini|copilot|url\b|told\b|above\b|reader)"
)

# Other languages, by parts: verbs of ignoring; what is ignored; a reader that is a machine; how it is addressed; "you are
# now"; an answer with what it must; orders to answer; the quotation or figure that is to be given.
_OTHER: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    "de": (
        r"ignorier\w*|missacht\w*|vergiss|vergesst|vergessen sie|ubergeh\w*|uberspring\w*|verwirf"
        r"|verwerfen sie|nicht beacht\w*|befolg\w* nicht|beacht\w* nicht|lass\w* ausser acht|ausser"
        r" acht|setz\w* dich uber",
        r"anweisung\w*|instruktion\w*|vorgaben?|befehle?n?|eingabeaufforderung|prompts?|weisungen"
        r"|systemnachricht|obige\w*|vorherige\w*|bisherige\w*|vorangehende\w*",
        r"sprachmodelle?n?|ki|ki \w+|kunstliche intelligenz|chatbots?|assistent\w*|sprachassistent\w*"
        r"|maschine\w*|llms?",
        r"hinweis\w*|an|liebe\w*|achtung|nachricht|anmerkung|mitteilung|wenn du|falls du|wenn sie"
        r"|falls sie|sofern sie|sofern du|als|du bist|sie sind|bitte an|hallo|werte\w*|sehr geehrte\w*",
        r"du bist (?:jetzt|nun|ab)|sie sind (?:jetzt|nun|ab)|ab (?:jetzt|sofort) (?:bist|antwort|sind)|von nun an",
        r"(?:deine|ihre|die|jede|eure|in der|in deiner|in ihrer|als) (?:\w+ )?(?:antwort\w*|ausgabe"
        r"|zusammenfassung|auskunft)\W+(?:\w+ ){0,4}?(?:muss|soll|sollte|lautet|beginnt|gib|schreib"
        r"|nenn|erwahn)\w*",
        r"antworte(?:n sie)?|zitiere(?:n sie)?|gib|geben sie|schreibe?|schreiben sie|sag|sage|sagen"
        r" sie|nenne|nennen sie|erwahne|erwahnen sie|wiederhole|wiederholen sie|verrate\w*|ubersetze",
        r"(?:wenn|falls|sollte)\w* (?:du|sie|jemand|man|euch|dich) (?:\w+ ){0,8}?(?:gefragt|fragt"
        r"|fragen)\w*(?: \w+)?,? (?:\w+ )?(?:antworte|antworten|sage?|sagen|nenne|nennen|gib|geben"
        r"|schreibe?)|zu zitieren|zitat\w* (?:\w+ ){0,5}(?:lautet|angeben|nennen|geben)|(?:zahl"
        r"|summe|antwort|betrag|satz)\W+(?:\w+ ){0,4}(?:zu nennen|anzugeben|zu geben|angegeben werden"
        r"|genannt werden|zu antworten)",
    ),
    "fr": (
        r"ignore[z]?|ignores|oublie[zs]?|veuillez (?:ignorer|oublier)|merci d ignorer|neglige\w*"
        r"|ne (?:tiens|tenez|tenir) (?:pas|aucun) compte|ne (?:suis|suivez) (?:pas|plus)|faites?"
        r" abstraction|ecarte[zr]?|abandonne[zr]?",
        r"instructions?|consignes?|directives?|ordres? (?:precedent|anterieur)\w*|prompts?|invite"
        r" systeme|ce qui precede|regles (?:precedent|anterieur|ci dessus)\w*",
        r"modeles? de langage|modeles? de langue|ia|intelligences? artificielles?|chatbots?|assistante?s?"
        r"|agents? conversationnels?|robots?|llms?|systemes? automati\w+",
        r"note|avis|a l(?:a |es? )?attention|aux?|chere?s?|attention|message|si vous etes|si tu"
        r" es|en tant que?|tu es|vous etes|pour|bonjour|a toute?s?",
        r"tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)|desormais,? (?:tu|vous)"
        r"|a partir de maintenant",
        r"(?:ta|votre|la|toute|dans (?:ta|votre|la)) (?:reponse|sortie|replique|synthese)\W+(?:\w+"
        r" ){0,4}?(?:doit|devra|devrait|commence|contien|sera|ecri|mentionn|indiqu|inclu|ajoute)\w*",
        r"reponds|repondez|repondre|cite[zr]?|ecris|ecrivez|dis|dites|mentionnez|mentionne|repete[zr]?"
        r"|indiquez|affiche[zr]?|revele[zr]?|traduis\w*|traduise?z?",
        r"si (?:l )?(?:on|quelqu un|un \w+|quelquun|vous|tu) (?:\w+ ){0,8}?(?:interroge|demande"
        r"|questionne)\w*(?: \w+){0,6}?,? (?:reponds|repondez|dis|dites|cite|citez|indiquez)|(?:citation"
        r"|phrase|chiffre|montant|reponse) (?:\w+ ){0,4}?(?:a (?:donner|citer|fournir|indiquer|retenir"
        r"|utiliser)|que (?:vous|tu) dev\w+|que tu dois)",
    ),
    "es": (
        r"ignora[dn]?|ignoren?|ignores|olvida[dn]?|olviden?|olvidese|descarta[r]?|descarte|omite"
        r"|omita|no (?:sigas|siga|hagas caso|haga caso|tengas|tenga)|haz caso omiso|haga caso omiso"
        r"|hagan caso omiso|pasa por alto",
        r"instruccion\w*|indicacion\w*|ordenes (?:anterior|previ)\w*|directrices|directiva\w*|prompts?"
        r"|reglas (?:anterior|previ)\w*|lo anterior|todo lo anterior|mensaje del sistema",
        r"modelos? de lenguaje|modelos? de lengua|modelos? linguisticos?|ia|inteligencias? artificial\w*"
        r"|chatbots?|asistentes?|robots?|llms?|sistemas? automati\w+",
        r"nota|aviso|atencion|a los|a las|mensaje|estimad\w+|querid\w+|si eres|si usted es|si es"
        r" usted|como|eres|usted es|para|para los|hola",
        r"ahora eres|eres ahora|usted es ahora|a partir de ahora|de ahora en adelante|desde ahora",
        r"(?:tu|su|la|toda|en (?:tu|su|la)) (?:respuesta|salida|contestacion|sintesis)\W+(?:\w+"
        r" ){0,4}?(?:debe|deb|tiene|ha de|comienz|empiez|conten|sera|menciona|escrib|incluy|cita)\w*",
        r"responde|responda|respondan|contesta|conteste|cita|cite|citen|escribe|escriba|di|diga"
        r"|menciona|mencione|repite|repita|indica|indique|muestra|revela|revele|traduce|traduzca",
        r"si (?:te|le|alguien|un usuario|se|les) (?:\w+ )?(?:pregunta|preguntan|pide|piden)(?: \w+){0,8}?,?"
        r" (?:responde|responda|di|diga|cita|cite|contesta)|(?:la|su|tu) respuesta (?:correcta )?debe"
        r"|(?:cita|frase|cifra|suma|importe|respuesta|cantidad) (?:\w+ ){0,4}?(?:que (?:debes|debe"
        r"|tienes que|hay que|ha de|se debe)|a (?:dar|citar|usar)|correcta (?:a|para) (?:cualquier"
        r"|toda|todas))",
    ),
    "it": (
        r"ignora(?:te|re)?|ignori|dimentica(?:te|re)?|dimentichi|trascura\w*|non (?:seguire|considerare"
        r"|tenere conto|seguite)|scarta(?:te|re)?|tralascia\w*",
        r"istruzion\w+|indicazion\w+|direttiv\w+|prompt|comandi|ordini precedenti|regole precedenti"
        r"|quanto (?:precede|sopra)|messaggio di sistema",
        r"modell[oi] (?:di linguaggio|linguistic[oi])|ia|intelligenz\w artificial\w|chatbot|assistent[ei]"
        r"|robot|sistem[ai] automatic\w+|llm",
        r"nota|avviso|attenzione|ai|agli|alle|all|messaggio|gentil[ei]|car[oaie]|se sei|se siete"
        r"|come|in quanto|sei|per|per i|per gli|ciao",
        r"ora sei|adesso sei|sei ora|d ora in poi|da ora in poi|da adesso in poi|dora in poi|da questo momento",
        r"(?:la tua|la vostra|la sua|la|ogni|nella|nella tua|nella vostra) (?:risposta|uscita|sintesi)\W+(?:\w+"
        r" ){0,4}?(?:deve|dovra|dev|inizia|comincia|contien|contener|sara|menziona|scriv|includ"
        r"|cita)\w*",
        r"rispondi|rispondete|risponda|cita|citate|citi|scrivi|scrivete|scriva|dite|dica|menziona"
        r"|menzionate|ripeti|ripetete|indica|mostra|rivela|rivelate|traduci|traducete",
        r"se (?:ti|vi|qualcuno|un utente|le) (?:\w+ )?(?:chied\w+|domand\w+)(?: \w+){0,8}?,? (?:rispondi"
        r"|rispondete|di|dite|cita|citate)|(?:la|tua) risposta (?:corretta )?deve|(?:citazione|frase"
        r"|cifra|somma|importo|risposta) (?:\w+ ){0,4}?(?:da (?:dare|citare|fornire|usare|riportare"
        r"|indicare)|che (?:devi|dovete|deve|bisogna))",
    ),
    "pt": (
        r"ignore[m]?|ignora[r]?|esquec[ae]m?|desconsider[ea]\w*|descart[ea]\w*|nao (?:siga|obedeca"
        r"|leve em conta|considere)|despreze",
        r"instruc\w+|indicac\w+|orientac\w+|diretrizes|ordens anteriores|comandos|prompts?|regras"
        r" anteriores|tudo (?:o que )?acima|mensagem do sistema",
        r"modelos? de linguagem|modelos? de lingua|modelos? linguisticos?|ia|inteligencias? artificia\w+"
        r"|chatbots?|assistentes?|robos?|llms?|sistemas? automati\w+",
        r"nota|aviso|atencao|aos|as|mensagem|prezad\w+|carad?o?s?|querid\w+|se voce (?:e|for)|se"
        r" es|como|voce e|para|para os|ola|caros?|cara",
        r"agora voce e|voce agora e|voce e agora|a partir de agora|de agora em diante",
        r"(?:sua|tua|a|toda|na sua|em sua|na) (?:resposta|saida|sintese)\W+(?:\w+ ){0,4}?(?:deve"
        r"|dev|tem|comec|cont|sera|mencion|escrev|inclu|cit)\w*",
        r"responda[m]?|responde|cite[m]?|cita|escreva[m]?|escreve|diga[m]?|diz|mencione[m]?|repita[m]?"
        r"|indique|mostre|revele[m]?|traduza[m]?",
        r"se (?:\w+ )?(?:perguntar\w*|questionar\w*)(?: \w+){0,8}?,? (?:responda|responde|diga|cite)"
        r"|(?:a|sua) resposta (?:correta )?deve|(?:citacao|frase|numero|valor|soma|resposta|montante)"
        r" (?:\w+ ){0,4}?(?:que (?:voce )?(?:deve|devem|tem que|se deve)|a (?:dar|citar|usar|fornecer"
        r"|indicar)|a ser (?:dad|citad|usad|informad)\w+)",
    ),
    "nl": (
        r"negeer|negeert|negeren|vergeet|sla|laat|volg|overschrijf|schrap|verwerp",
        r"instructies?|aanwijzing\w*|opdracht(?:en)? (?:hierboven|van)|vorige opdrachten|eerdere"
        r" opdrachten|bevelen|prompts?|richtlijnen|al het (?:bovenstaande|voorgaande)|systeembericht"
        r"|bovenstaande",
        r"taalmodel\w*|ai|ai \w+|kunstmatige intelligentie|chatbots?|assistent\w*|robots?|llms?|geautomatiseerde \w+",
        r"opmerking|bericht|let op|aan|beste|geachte|noot|mededeling|als je|als u|indien u|als|je"
        r" bent|u bent|voor|hallo|waarde",
        r"je bent (?:nu|voortaan)|u bent (?:nu|voortaan)|vanaf nu|voortaan (?:ben|antwoord|bent)",
        r"(?:je|jouw|uw|het|elk|in je|in het|in uw) (?:antwoord|uitvoer|reactie|samenvatting)\W+(?:\w+"
        r" ){0,4}?(?:moet|dient|begint|bevat|luidt|noem|schrijf|vermeld|geef)\w*",
        r"antwoord|beantwoord|citeer|schrijf|zeg|noem|vermeld|herhaal|geef|toon|onthul|vertaal",
        r"(?:als|indien|wanneer) (?:iemand|je|u|men|een gebruiker) (?:\w+ ){0,8}?(?:vraagt|gevraagd"
        r"|vragen)(?: \w+){0,3}?,? (?:antwoord|zeg|noem|citeer|geef)|(?:citaat|zin|cijfer|bedrag"
        r"|antwoord|getal) (?:\w+ ){0,4}?(?:dat (?:je|u) (?:\w+ )?(?:moet|dient|mag)|te (?:geven"
        r"|citeren|noemen|vermelden)|moet geven)",
    ),
    "ru": (
        r"игнорируй\w*|игнорировать|проигнорируй\w*|забудь\w*|забыть|не обращай\w*|не следуй\w*"
        r"|отбрось\w*|отмени\w*|пренебреги\w*|не учитывай\w*",
        r"инструкци\w+|указани\w+|команд\w+|приказ\w*|промпт\w*|правил\w*|предыдущ\w+|вышеизложенн\w+"
        r"|все,? что выше|системн\w+ сообщени\w+",
        r"языков\w+ модел\w+|ии|искусственн\w+ интеллект\w*|чат ?бот\w*|ассистент\w*|помощник\w*"
        r"|нейросет\w*|бот\w*|модел\w+",
        r"примечание|внимание|для|уважаем\w+|дорог\w+|сообщение|если ты|если вы|как|ты|вы|обращение"
        r"|привет|заметка|сведению",
        r"теперь ты|ты теперь|теперь вы|вы теперь|отныне|с этого момента",
        r"(?:твой|ваш|любой|в (?:своем|вашем|твоем)?) ?(?:ответ\w*|вывод\w*)\W+(?:\w+ ){0,4}?(?:должен"
        r"|должна|должны|обязан|начин|содерж|укажи|упомян|напиши)\w*",
        r"ответь\w*|отвечай\w*|цитируй\w*|процитируй\w*|напиши\w*|скажи\w*|упомяни\w*|повтори\w*"
        r"|укажи\w*|приведи\w*|раскрой\w*|покажи\w*|переведи\w*",
        r"(?:если|когда) (?:тебя|вас|кто то|пользователь|спросят|спрашивают)(?: \w+){0,8}?,? (?:отвечай"
        r"|ответь|ответьте|скажи|скажите|отвечайте|назови|назовите)|(?:цитат\w+|фраз\w+|цифр\w+"
        r"|сумм\w+|ответ\w*)\W+(?:\w+\W+){0,4}?(?:ты долж\w+|вы долж\w+|следует (?:привести|назвать"
        r"|указ\w+|дать)|нужно (?:привести|назвать|указ\w+|дать)|надо (?:привести|назвать|дать))",
    ),
    "uk": (
        r"ігноруй\w*|ігнорувати|проігноруй\w*|забудь\w*|не звертай\w*|не виконуй\w*|не дотримуй\w*"
        r"|відкинь\w*|скасуй\w*|знехтуй\w*",
        r"інструкці\w+|вказівк\w*|вказівок|настанов\w*|команд\w*|наказ\w*|промпт\w*|правил\w*|попередн\w+"
        r"|вищезазначен\w+|системн\w+ повідомлен\w+",
        r"мовн\w+ модел\w+|ші|штучн\w+ інтелект\w*|чат ?бот\w*|асистент\w*|помічник\w*|нейромереж\w*|бот\w*|модел\w+",
        r"примітка|увага|для|шановн\w+|дорог\w+|повідомлення|якщо ти|якщо ви|як|ти|ви|звернення|привіт|до уваги",
        r"тепер ти|ти тепер|тепер ви|ви тепер|відтепер|віднині|з цього моменту",
        r"(?:твоя|ваша|кожна|у (?:своїй|вашій|твоїй)?) ?(?:відповід\w+|вивід)\W+(?:\w+ ){0,4}?(?:повинна"
        r"|повинен|має|мусить|почина|містит|вкажи|згада|напиши)\w*",
        r"відповідай\w*|відповіж|відповіси|дай відповідь|дайте відповідь|цитуй\w*|процитуй\w*|напиши\w*"
        r"|скажи\w*|згадай\w*|повтори\w*|вкажи\w*|наведи\w*|розкрий\w*|покажи\w*|переклади\w*",
        r"(?:якщо|коли) (?:тебе|вас|хтось|користувач|запитають|питають)(?: \w+){0,8}?,? (?:відповідай"
        r"|відповідайте|скажи|скажіть|назви|назвіть)|(?:цитат\w+|фраз\w+|цифр\w+|сум\w+|відповід\w+)\W+(?:\w+\W+){0,4}?(?:ти"
        r" (?:маєш|повин\w+|мусиш)|ви (?:маєте|повин\w+|мусите)|слід (?:навести|назвати|вказати"
        r"|дати)|треба (?:навести|назвати|вказати|дати)|потрібно (?:навести|назвати|вказати|дати))",
    ),
    "zh": (
        r"忽略|忽视|无视|無視|忘记|忘記|忘掉|不要理会|不要理會|抛开|別理|别理|不理会|撤销|覆盖",
        r"指令|指示|提示|命令|规则|規則|以上内容|以上內容|之前的内容|上述|上面的|系统消息",
        r"语言模型|語言模型|人工智能|人工智慧|聊天机器人|聊天機器人|助手|助理|大模型|机器人|ai",
        r"致|注意|请注意|亲爱的|親愛的|给|給|如果你是|若你是|假如你是|如果您是|作为|作為|身为|你是|所有|各位|您是|尊敬的",
        r"你现在是|你現在是|从现在起|從現在起|从现在开始|從現在開始|现在你是|您现在是",
        r"(?:你的|您的|任何|所有|在)(?:回答|答案|回复|回覆|输出|輸出|摘要)[^。！？.]{0,12}?(?:必须|必須|应该|應該|应当|應當|只能|要|是|须|以)",
        r"请回答|請回答|请引用|請引用|请说|請說|请写|請寫|只回答|只需回答|只回复|请在回答|请回复|請回覆|务必|務必|回答时|回答時|请重复|请输出|请提到|请提及|翻译你的",
        r"(?:必须|必須|应该|應該|应|應|须|需要|要)(?:给出|給出|引用|回答|引述|说明|提到)[^。！？.]{0,10}?(?:是|为|為|:)|(?:被问到|被問到"
        r"|问及|問及|问起|有人问|有人問|的问题时|的問題時)[^。！？]{0,20}?(?:回答|请|請|应|應)|正确答案|正確答案",
    ),
    "ja": (
        r"無視|忘れて|従わない|従うな|破棄|取り消|気にしない",
        r"指示|命令|プロンプト|ルール|規則|以前の内容|上記|これまでの|システムメッセージ",
        r"言語モデル|人工知能|チャットボット|アシスタント|ロボット|ai",
        r"注意|お知らせ|親愛なる|へ|宛|あなたが|もしあなた|あなたは|として|向け|各位|皆様|である場合|なら",
        r"あなたは今|あなたは今から|今からあなた|これからあなた|これからは|今後は",
        r"(?:あなたの|すべての|全ての|回答|答え)(?:の)?(?:回答|答え|返答|出力|要約|に)?[^。！？.]{0,12}?(?:必ず|でなければ|しなければ|べき|こと|してください|始め|含め)",
        r"答えてください|回答してください|引用してください|述べてください|書いてください|と答え|と回答せ|言ってください|繰り返してください|だけで答え|出力してください|翻訳してください"
        r"|言及してください|返答してください",
        r"引用(?:文)?(?:すべき|しなければ|として)|(?:聞かれ|尋ねられ|問われ|質問され)(?:たら|た場合|た際|れば)[^。！？]{0,24}?(?:答え|回答|述べ|言|返)|正しい答え|正解は",
    ),
    "ar": (
        r"تجاهل\w*|انس|انسي|انسوا|اهمل\w*|لا تتبع\w*|لا تلتزم\w*|تغاض\w*|دع عنك|اترك",
        r"التعليمات|تعليمات\w*|الاوامر|اوامر\w*|التوجيهات|توجيهات\w*|الارشادات|القواعد|المطالبة"
        r"|ما سبق|السابقة|رسالة النظام",
        r"نموذج\w* لغوي\w*|نموذج اللغة|النموذج اللغوي|نماذج اللغة|النماذج اللغوية|الذكاء الاصطناعي"
        r"|ذكاء اصطناعي|روبوت\w*|المساعد\w*|مساعد\w*|الي",
        r"ملاحظة|تنبيه|الى|عزيزي|عزيزتي|انتباه|رسالة|اذا كنت|ان كنت|بصفتك|بوصفك|كونك|انت|ايها|مرحبا|لكل|يا",
        r"انت الان|انت الآن|من الان|من الآن|ابتداء من الان|اصبحت الان",
        r"(?:اجابتك|جوابك|ردك|اجاباتك|في اجابتك|في ردك|الملخص|ملخصك)\W+(?:\w+ ){0,4}?(?:يجب|ينبغي"
        r"|لابد|لا بد|تبدا|يبدا|ان|تكون|اذكر|اكتب)\w*|(?:يجب|ينبغي|لا بد) ان (?:\w+ ){0,3}?(?:اجابتك"
        r"|جوابك|ردك|اجاباتك|تجيب|تقتبس|تستشهد|ترد)",
        r"اجب|اجيبي|اجيبوا|اقتبس|اكتب|قل|اذكر|كرر|استشهد|رد|اعرض|اكشف|ترجم|لا تجب",
        r"الاقتباس (?:\w+ ){0,4}?(?:يجب|ينبغي|عليك|هو)|(?:الرقم|الجملة|العبارة|المبلغ|الاجابة) (?:\w+"
        r" ){0,4}?(?:يجب|ينبغي|عليك)|(?:اذا|عندما|عند) (?:\w+ ){0,2}?(?:سئلت|سالك|سالوك|السؤال|سئل)\w*\W+(?:\w+"
        r" ){0,8}?(?:اجب|فاجب|فقل|قل|اذكر|فاذكر|الجواب)|الاجابة الصحيحة",
    ),
}
_MORE = (  # the one order that no injection lacks, in further languages
    r"zignoruj\w*[^.]{0,40}(?:instrukcj|polece)|(?:ignorera|glom)\b[^.]{0,40}instruktion|(?:ignorer"
    r"|glem)\b[^.]{0,40}(?:instruks|instruktion)"
    r"|talimat\w*[^.]{0,20}(?:yok say|gormezden gel|unut|dikkate alma)|지시[^.]{0,12}(?:무시|잊)|명령[^.]{0,12}(?:무시"
    r"|잊)|지침[^.]{0,12}(?:무시|잊)"
    r"|नरदश[^.।]{0,20}(?:अनदख|भल|नजरअदज)|निर्देश\w*[^.।]{0,20}(?:अनदेखा|भूल|नज़रअंदाज़)|abaikan[^.]{0,20}(?:instruksi"
    r"|perintah|arahan)|(?:התעלם|התעלמו|התעלמי|שכח)[^.]{0,24}(?:הוראות|ההוראות|הנחיות|ההנחיות)"
    r"|(?:دستور|دستورالعمل)[^.]{0,30}(?:نادیده|فراموش)|bo qua[^.]{0,24}(?:huong dan|chi thi|lenh)"
    r"|(?:αγνοησ|ξεχασ)\w*[^.]{0,30}(?:οδηγι|εντολ)"
    r"|(?:ignoruj|zapomen)\w*[^.]{0,30}(?:pokyn|instrukc|pokyny)|(?:ignora|uita)\w*[^.]{0,30}instructiun"
    r"|(?:unohda|ohita)\b[^.]{0,30}ohje|(?:hagyd figyelmen kivul|felejtsd el)[^.]{0,30}utasitas"
)
_ONLY = (  # what makes an order of a verb of answering: "only", "with the sentence", "that", "always", a colon
    r"nur|ausschliesslich|stets|immer|folgende\w*|mit dem|dass|den satz|diesen|diesen satz|stattdessen|genau"
    r"|seulement|uniquement|toujours|que|par|la phrase|cette phrase|exactement|plutot|ceci|avec"
    r"|solo|solamente|unicamente|siempre|con|la frase|esta frase|exactamente|en su lugar|lo siguiente"
    r"|soltanto|solamente|sempre|che|questa frase|esattamente|invece|quanto segue"
    r"|apenas|somente|sempre|com|a frase|esta frase|exatamente|em vez disso|o seguinte"
    r"|alleen|uitsluitend|altijd|dat|met|de zin|deze zin|precies|in plaats daarvan|het volgende"
    r"|только|лишь|всегда|что|фраз\w+|дословно|вместо|следующ\w+|эт\w+|лише|тільки|завжди|що|дослівно"
    r"|замість|наступн\w+|цю"
    r"|فقط|دائما|ان|ب\w+|هذه|الجملة|العبارة|بدلا|حرفيا|التالي|على"
)
_CLOSE = r"[^.。！？]{0,50}?"
_WRITTEN_TOGETHER = frozenset({"zh", "ja"})


def _other(language: str) -> Pattern:
    ignore, ignored, model, address, now, answer, verbs, quote = _OTHER[language]
    if language in _WRITTEN_TOGETHER:
        near = r"[^.。！？]{0,12}?"
        rules = (
            rf"(?:{ignore}){near}(?:{ignored})|(?:{ignored}){near}(?:{ignore})|(?:{now})|(?:{answer})"
            rf"|(?:{verbs})|(?:{quote})"
            rf"|(?:{address}){near}(?:{model})(?:[:,\"]|$|$)|(?:如果你是|若你是|假如你是|如果您是|作为|作為|身为|あなたが"
            rf"|もしあなた){near}(?:{model})|(?:{model})(?:である場合|なら|へ|各位|の皆様|宛)"
        )
        return re.compile(letters(rules))
    rules = (
        rf"\b(?:{ignore})\b{_CLOSE}\b(?:{ignored})\b|\b(?:{ignored})\b[^.,]{{0,30}}?\b(?:{ignore})(?:$|[.,:\"]|\b)"
        rf"|\b(?:{now})\b|\b(?:{answer})|\b(?:{quote})"
        rf"|(?:^|[.,:\"] )(?:\w+ )?(?:{address}) (?:\w+ ){{0,3}}?(?:{model})\b(?: \w+){{0,6}}?(?:[:,\"]|$)"
        rf"|(?:^|[.,:\"] |\b(?:bitte|s il vous plait|sil vous plait|por favor|per favore|per cortesia"
        rf"|alsjeblieft|gelieve|пожалуйста|будь ласка|und|et|y|e|en|и|та|і|و) )(?:{verbs})\b(?:[:\"]"
        rf"|[,]? (?:\w+ ){{0,4}}?(?:{_ONLY})\b)"
    )
    return re.compile(letters(rules))


OTHERS: dict[str, Pattern] = {language: _other(language) for language in _OTHER}
OTHERS["more"] = re.compile(letters(_MORE))
