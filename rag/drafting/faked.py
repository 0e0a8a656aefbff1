"""What news does not hold: marks of a model's conversation, markup that people do not see, links that carry data out.

Everything here is structure, whatever its words; each pattern counts alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

OrderKind = Literal["order", "turn", "hidden", "carrier"]
Found = tuple[OrderKind, int, int, str]  # kind, start, end, and the rule that found it

_ROLE = (
    r"(?:system|assistant|user|human|developer|llm|chatgpt|gpt-?\w{0,3}|chatbot|language model"
    r"|ai (?:assistant|model|system|agent)|assistant model|end ?user)"
)
_SPEAKS = (
    r"(?:human|user|assistant|ai|bot|model|chatbot|tool|function|claude|gemini|copilot|chatgpt"
    r"|response|instruction|input|prompt)"
)
_MESSAGE = (
    r"(?:message|prompt|note|notice|override|update|instructions?|alert|response|turn|output"
    r"|command|reply|call|error|query|input)"
)
_ELEMENT = (
    r"(?:system|assistant|user|human|developer|(?:tool|function|im|search)_\w{1,20}|untrusted\w{0,20}|invoke|think(?:ing)?"
    r"|(?:instruction|prompt|passage|context|document|source|question|answer|tool|function|quote|claim|result|rule)s?"
    r"|query|response|output|message|data|input|article|eos|bos|end|s|important|admin|override|note|secret|hidden|task)"
)
_FIELD = (
    r"(?:tool_calls?|function_call|tool_use|tool_use_id|tool_result|tool|function|arguments|claims?|quotes?|passage"
    r"|speaker|answer|reasons?|instructions?|response|system|prompt|messages|parameters)"
)
_LABEL = r"\b[\s*_]{0,4}\d{0,3}[\s*_]{0,4}[:=]"
_MEASURE = r"(?:px|pt|em|rem|%)?\b"
_URL = r"(?:https?://|www\.)"
_CARRIED = r"(?:answer|question|data|prompt|query|secret|context|conversation|history|summary)"

# A rule's literals, one of which must be in the text for its pattern to be worth a search; none: always.
_RULES: tuple[tuple[OrderKind, str, str, str], ...] = (
    ("turn", "token", "<| <｜ inst] sys] sys> _turn> [sys [/sys [user [/user [assist [/assist [tool [avail \\n\\n", (
        r"<\|[\w ./-]{1,40}\|>|<｜[^<>\n]{1,40}｜>|\[/?(?:inst|sys)\]|<</?sys>>|<(?:start|end)_of_turn>"
        r"|\[/?(?:system|user|assistant|tool|available_tools|tool_calls|tool_results)[\w ]{0,20}\]"
        r"|\\n\\n(?:human|assistant|system):"
    )),
    ("turn", "element", "< {{ === ---", (
        rf"</?{_ELEMENT}(?:[ :][^<>\n]{{0,200}})?/?>|\{{\{{ ?#?/?(?:system|user|assistant)[^\n}}]{{0,20}}\}}\}}"
        r"|={3,} ?(?:system|end|begin|new|user|instructions?)\b"
        r"|-{3,} ?(?:system|end of|begin|new instructions?|user|end)\b[^\n]{0,40}-{3,}"
    )),
    ("turn", "heading", "#", (
        rf"(?m)^[ \t>*]{{0,8}}#{{1,6}} ?(?:{_ROLE}|instructions?|response|input|new instructions?|task|prompt|context"
        r"|override|end|passages?)\b(?: \w{1,20})?[ \t]{0,4}(?::|$)"
    )),
    ("turn", "role", ": :** > ] )", (
        rf"(?m)^[ \t>*_#\[(-]{{0,8}}(?:{_ROLE}(?: ?{_MESSAGE})?"
        rf"|(?:ai|tool|function|model|bot|final|new|admin|root|developer) ?{_MESSAGE})"
        r"[\])*_ \t]{0,4}(?:\([^()\n]{0,40}\)[*_ ]{0,3})?[:>](?!/)"
    )),
    ("turn", "turns", ": >", (
        rf"(?m)^[ \t>*_#\[-]{{0,8}}{_SPEAKS}[\]*_ \t]{{0,4}}[:>][^\n]{{0,600}}\n\s{{0,8}}[>*_#\[-]{{0,8}}"
        rf"{_SPEAKS}[\]*_ \t]{{0,4}}[:>]"
    )),
    ("turn", "role in line", ": ] )", (
        rf"[.!?\"'>)\]-] {{1,4}}[*_\[]{{0,3}}(?:system|assistant|developer|user|human|ai|tool|model)(?: {_MESSAGE})?"
        rf"[*_\] ]{{0,3}}: |(?m:^)[\[(](?:system|assistant)(?: {_MESSAGE})?[\]:]"
    )),
    ("turn", "json", "\": \" : ': ' : _call _result _use _response", (
        r"""["'](?:role|author)["'] ?: ?["'](?:system|user|assistant|tool|developer|function)"""
        rf"""|["']{_FIELD}["'] ?:|\b(?:tool|function)_(?:call|result|use|response)s?\b"""
    )),
    ("turn", "labels", "passage claim quot", (
        rf"(?m)^[\s>*_#-]{{0,8}}(?:passage|claim|quote|quotation){_LABEL}[^\n]{{0,400}}\n{{1,3}}"
        rf"[\s>*_#-]{{0,8}}(?:passage|quote|speaker|claim|quotation){_LABEL}"
    )),
    ("turn", "label", "passage claims rules schema", (
        r"(?m)^[\s>*_#-]{0,8}(?:passages|claims|passage \d{1,3}|end of (?:the )?passages?|rules|schema)[ \t*_]{0,4}:"
    )),
    ("turn", "numbered passage", "[", (
        r"(?m)^ {0,3}\[\d{1,2}\] \w[^\n]{10,200}\n[^\n]{3,80}, (?:\d{1,2} \w{3,9} \d{4}|undated)[ \t]*(?:\n|$)"
    )),
    ("hidden", "comment", "<!-- ]: /*", (
        r"<!--(?!\s*(?:/?wp:|more|nextpage|google|\[if))[^\n]{0,2000}|\[(?://|comment|_)\]: ?(?:#|<>)"
        r"|/\*[^*\n]{20,2000}\*/"
    )),
    ("hidden", "style", "none hidden font-size opacity color indent left top", (
        r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0"
        rf"|font-size\s{{0,3}}:\s{{0,3}}[01](?:\.\d)?{_MEASURE}|text-indent\s{{0,3}}:\s{{0,3}}-"
        r"|(?<![\w-])color\s{0,3}:\s{0,3}(?:white|#fff|transparent|rgba?\()|(?:left|top)\s{0,3}:\s{0,3}-\d{3,}"
    )),
    ("hidden", "element", "< \\ sr-only", (
        r"<\w{1,12} [^<>]{0,200}\b(?:hidden|aria-hidden)\b|\\(?:color\{white\}|phantom\{|tiny\b)|\bsr-only\b"
        r"|<(?:template|noscript|script|style|meta|iframe|object|embed|svg|input|details|title|desc)\b"
    )),
    ("carrier", "image", "![ <img", r"!\[[^\[\]\n]{0,300}\] ?[(\[]|<img\b|!\[\["),
    ("carrier", "link", "]( ]: < script: data:", (
        r"\[[^\[\]\n]{1,300}\]\([ \t]{0,3}<?(?:\w{2,12}:|//|www\.)[^()\s]{1,2000}"
        r"|\[[^\[\]\n]{1,80}\]: ?<?(?:https?:)?//|<a\s[^<>]{0,300}\bhref\s{0,2}=[^<>]{0,300}[?&]\w{1,30}="
        r"|<(?:form|link|button|video|audio|base)\b|(?:javascript|vbscript):\S|data:(?:text|image|application)/"
    )),
    ("carrier", "placeholder", ":// www.", (
        rf"{_URL}[^\s\"'<>]{{0,300}}?(?:\{{[^{{}}\n]{{0,60}}\}}|\$\{{|<[^<>\n]{{1,60}}>|\[(?:[^\[\]\n]{{1,60}})\]"
        rf"|=(?:your|the)?_?{_CARRIED}\b|[?&](?:{_CARRIED}|leak|exfil\w{{0,10}}|stolen|dump|passages?)=)"
    )),
)  # fmt: skip
_STRUCTURE = tuple((kind, rule, needs.split(), re.compile(pattern)) for kind, rule, needs, pattern in _RULES)


def structure(low: str) -> Iterator[Found]:
    """Marks of turns, hidden text and what carries data out, in folded text in small letters."""
    for kind, rule, needs, pattern in _STRUCTURE:
        if any(need in low for need in needs) and (found := pattern.search(low)):
            yield kind, found.start(), found.end(), rule


_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_UNSEEN = re.compile(
    "[\U000e0001-\U000e00ff]|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}|[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{12,}"
    "|[\u2061-\u2064\u206a-\u206f]{3,}"
)
_TURNED = re.compile("[\u202d\u202e]([^\u202c\n]{1,2000})")


def unseen(text: str) -> Iterator[Found]:
    """Characters that show nothing but are read, and text that shows in another order than it is read."""
    if text.isascii():
        return
    if found := _UNSEEN.search(_FLAG.sub(lambda flag: " " * len(flag.group()), text)):
        yield "hidden", found.start(), found.end(), "unseen"
    for found in _TURNED.finditer(text):
        if len(re.findall("[A-Za-z]", found.group())) >= 10:  # right-to-left scripts need no turning of Latin words
            yield "hidden", found.start(), found.end(), "turned"
            return
