"""What the name of a charset means on the web, which is seldom what Python takes it for."""

from __future__ import annotations

import codecs

# As browsers read them, by the names that Python gives them: supersets that are really written, above all curly quotes
# in what is called Latin; and UTF-16 without its mark, which is a page in UTF-8 that names its old encoding.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
} | dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"), "utf-8")
# Codecs of Python for host names, source text and the like: they make rubbish of a page, some without an error.
_NONE = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7", "mbcs", "oem")


def codec_of(charset: str) -> str | None:
    """The name of the codec that ``charset`` means; None where it means none.

    >>> codec_of("ISO-8859-1"), codec_of("punycode"), codec_of("x-none")
    ('cp1252', None, None)
    """
    try:
        named = codecs.lookup(charset).name
        meant = _MEANT.get(named, named)
        b"a".decode(meant)  # LookupError for "hex" and others of bytes to bytes
    except (LookupError, ValueError):
        return None
    return None if meant in _NONE else meant
