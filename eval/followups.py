"""python -m eval.followups --data FOLDER: how often a follow-up question finds its articles, by how it is asked.

The conversations are our own (``eval/questions/conversations.jsonl``), over the demo articles, the page of FOLDER/seed
and Wikinews (FOLDER/wikinews): what is asked, the same asked in full, and the right articles by URL or by the hash of
their title. Those of the part "check" were not looked at while the rules were made; in those of the part "change" the
second question is complete and about something else. The index is made where there is
none.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from eval import fields
from eval.scores import hit, mean, mrr
from index.__main__ import main as index
from rag.api import Rag
from rag.drafting import Model, named_model, rewritten
from rag.errors import InputError, RagError
from rag.reading import standalone
from rag.records import Article

CONVERSATIONS = Path(__file__).parent / "questions" / "conversations.jsonl"
DEMO = Path(__file__).parent.parent / "index" / "demo"

History = Sequence[tuple[str, str]]
Rewrite = Callable[[str, History], str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions in order, each also in words that stand alone and with its right articles; ``part`` is "rules",
    "check" or "change". A later question that reads the same in both is a change of subject."""

    id: str
    part: str
    turns: tuple[str, ...]
    alone: tuple[str, ...]
    gold: tuple[frozenset[str], ...]


@dataclass
class Followed:
    """Of one way to ask the follow-ups: the rank of the first right article of each (0: none), whether the answer
    quotes one, and of the changes of subject, how many there were and how many stayed as they are."""

    ranks: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    changes: int = 0
    unchanged: int = 0

    def add(self, rag: Rag, asked: str, gold: frozenset[str]) -> str:
        """Ask a question; the text of its answer."""
        answer = rag.ask(asked)
        self.ranks.append(_rank(rag, asked, gold))
        self.quoted.append(any(_key(citation.span.article) in gold for citation in answer.citations))
        return answer.text


def as_it_is(question: str, history: History) -> str:
    """The follow-up alone."""
    return question


def joined(question: str, history: History) -> str:
    """Behind the question before it: the floor for any rewriting."""
    return f"{history[-1][0]} {question}" if history else question


METHODS: dict[str, Rewrite] = {"as it is": as_it_is, "behind the question before": joined, "by words alone": standalone}


def by_index(rag: Rag) -> Rewrite:
    """As ``ask`` understands it: by words, and where they settle nothing, by what the index answers."""
    return lambda question, history: rag.ask(question, history=history).asked or question


def measure(rag: Rag, conversations: Sequence[Conversation], rewrite: Rewrite) -> Followed:
    """Ask turn by turn with what ``rewrite`` makes of each question and of the answers so far; the first turn of a
    conversation is no follow-up and is not counted."""
    followed = Followed()
    for conversation in conversations:
        history: list[tuple[str, str]] = []
        for question, alone, gold in zip(conversation.turns, conversation.alone, conversation.gold, strict=True):
            asked = rewrite(question, history) if history else question
            text = followed.add(rag, asked, gold) if history else rag.ask(asked).text
            followed.changes += bool(history) and question == alone
            followed.unchanged += bool(history) and question == alone == asked
            history.append((question, text))
    return followed


def in_full(rag: Rag, conversations: Sequence[Conversation]) -> Followed:
    """Ask every follow-up in words that a person has made stand alone: the aim of any rewriting."""
    followed = Followed()
    for one in conversations:
        for question, gold in zip(one.alone[1:], one.gold[1:], strict=True):
            followed.add(rag, question, gold)
    return followed


def _rank(rag: Rag, question: str, gold: frozenset[str]) -> int:
    """The rank of the first right article among the articles of the passages."""
    articles = dict.fromkeys(_key(passage.span.article) for passage in rag.passages(question, k=50))
    return next((rank for rank, key in enumerate(articles, 1) if key in gold), 0)


def _key(article: Article) -> str:
    """How the conversations name an article: a demo article by its URL, another by the hash of its title."""
    if article.url and (urlsplit(article.url).hostname or "").endswith((".example", "example.org")):
        return article.url
    return hashlib.sha256(article.title.encode()).hexdigest()[:16]


def read_conversations(path: Path) -> Iterator[Conversation]:
    """The conversations of a file. Raises InputError at the first that cannot be used."""
    for where, record in fields.json_lines(path):
        turns, alone = fields.strings(record, "turns", where) or (), fields.strings(record, "alone", where) or ()
        gold = [frozenset(urls) for urls in fields.items(record, "gold", where) or ()]
        if len(turns) < 2 or not len(turns) == len(alone) == len(gold):
            raise InputError(f"{where}: expected two turns or more, each with its words alone and its gold articles.")
        yield Conversation(
            fields.text(record, "id", where), fields.text(record, "part", where), turns, alone, tuple(gold)
        )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.followups", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds seed/ and wikinews/")
    parser.add_argument(
        "--index", type=Path, default=Path("index/built-followups"), metavar="DIR", help="made if missing"
    )
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help="a language model that rewrites them as well")
    options = parser.parse_args(argv)
    articles = [DEMO, options.data / "seed", options.data / "wikinews" / "data"]
    try:
        conversations = list(read_conversations(CONVERSATIONS))
        if missing := [str(path) for path in articles if not path.exists()]:
            raise InputError(f"{missing[0]!r} is missing: --data names a folder that holds seed/ and wikinews/.")
        with contextlib.redirect_stdout(sys.stderr):
            index([*map(str, articles), "--index", str(options.index)])
        rag = Rag.load(options.index, model="")
        model = named_model(options.model or "")
        ways = METHODS | ({f"by {model.name}": by_model(model)} if model else {})
        for part in dict.fromkeys(one.part for one in conversations):
            _print(rag, part, ways, [one for one in conversations if one.part == part])
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def by_model(model: Model) -> Rewrite:
    """What ``model`` makes of a follow-up, where it may be adopted, else the rules."""

    def rewrite(question: str, history: History) -> str:
        *_, (made, _) = rewritten(question, history, model)
        return made

    return rewrite


def _print(rag: Rag, part: str, ways: Mapping[str, Rewrite], conversations: Sequence[Conversation]) -> None:
    ways = {**ways, "as ask does (default)": by_index(rag)}
    found = {name: measure(rag, conversations, rewrite) for name, rewrite in ways.items()}
    found["in full"] = in_full(rag, conversations)
    print(f"{part}: {len(found['in full'].ranks)} follow-ups in {len(conversations)} conversations\n")
    print("| asked | hit@1 | hit@5 | MRR@10 | answered from a right article | changes of subject left alone |")
    print("|---|---|---|---|---|---|")
    for name, got in found.items():
        kept = f"{got.unchanged} of {got.changes}" if got.changes else "–"
        scores = (hit(got.ranks, 1), hit(got.ranks, 5), mrr(got.ranks, 10), mean(map(float, got.quoted)))
        print(f"| {name} | {' | '.join('–' if score is None else f'{score:.2f}' for score in scores)} | {kept} |")
    print()


if __name__ == "__main__":
    sys.exit(main())
