"""The chat as people meet it, in a real browser: questions, sources, articles, and text that wants to do harm."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Chat, running_chat

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
REQUIRED = "ONRECORD_REQUIRE_BROWSER" in os.environ
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM and not REQUIRED, reason="there is no chromium: install it, or name one in CHROMIUM"
    ),
]

FLOOD = "How high did the Vessen get during the flood in Port Merrow?"
UNKNOWN = "What did the mayor of Tollen say about the wind turbines?"
PASTED = """Lantern fair moves to Old Quay

The lantern fair of Wexcombe will move to the Old Quay this autumn, the organiser, Petra Lindqvane, said on Friday.

"We sold 3,150 lanterns last year and had room for half of them," Lindqvane said.
"""
INPUTS = Path(__file__).resolve().parents[1] / "inputs"
WAIT = 60_000  # milliseconds: the first question waits for the embedder

# Notes in every page what an attack would leave behind; a load that the policy blocks is one that was tried.
SENTINEL = """
window.__tried = [];
document.addEventListener("securitypolicyviolation", (event) => window.__tried.push(event.blockedURI));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """A browser of its own on a chat; keeps every request that left the server, and every dialog."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        self.context.on("request", lambda request: self._requested(request.url, url))
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.page.add_init_script(SENTINEL)
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.goto(url)
        self.page.get_by_label("Question").wait_for()

    def _requested(self, address: str, url: str) -> None:
        if not address.startswith((url + "/", "data:", "blob:")):
            self.outside.append(address)

    def ask(self, question: str, turn: int = 1) -> str:
        """Ask by keyboard, and wait for the whole of the answer that is the ``turn``-th of the conversation."""
        self.page.get_by_label("Question").fill(question)
        self.page.get_by_label("Question").press("Enter")
        self.page.locator(f"#sources-{turn}").wait_for(timeout=WAIT)
        return str(self.page.locator(f"#answer-{turn}").inner_text())

    def marked(self) -> list[str]:
        return [_one_line(words) for words in self.page.locator("#cards mark:visible").all_inner_texts()]


def open_tab(page: Any, name: str) -> None:
    """Click on a tab until it is open: on a busy machine a page that has just come does not listen yet."""
    tab = page.get_by_role("tab", name=name)
    for _ in range(WAIT // 5_000):
        tab.click()
        page.wait_for_timeout(100)
        if tab.get_attribute("aria-selected") == "true":
            return
        page.wait_for_timeout(4_900)
    raise AssertionError(f"the tab {name!r} does not open")


@pytest.fixture
def visitor(browser: Any, chat: Chat) -> Iterator[Visitor]:
    visitor = Visitor(browser, chat.url)
    yield visitor
    visitor.context.close()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def test_an_answer_streams_in_and_its_number_leads_to_the_highlighted_quotation(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate("""() => {
        window.__lengths = [];
        new MutationObserver(() => {
            const answer = document.getElementById("answer-1");
            if (answer) window.__lengths.push(answer.textContent.length);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }""")
    answer = visitor.ask(FLOOD)
    lengths = page.evaluate("window.__lengths")
    assert len(set(lengths)) > 1 and lengths == sorted(lengths)

    page.locator("button.cite").first.click()
    card = page.locator("#source-1-1")
    assert card.evaluate("card => card === document.activeElement && card.classList.contains('chosen')")
    assert "6.4 metres" in visitor.marked()[0]
    assert visitor.marked()[0] in _one_line(answer)
    assert re.match(r"https://.+\.example/.+#:~:text=.", card.locator("h3 a").get_attribute("href"))


def test_an_example_question_is_asked_by_a_click_and_answered(visitor: Visitor) -> None:
    visitor.page.locator("button.example").first.click(timeout=WAIT)
    visitor.page.locator("#sources-1 .number").first.wait_for(timeout=WAIT)


def test_the_answer_is_reached_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    page.keyboard.type(FLOOD)  # the question box has the focus from the start
    page.keyboard.press("Enter")
    page.locator("#sources-1").wait_for(timeout=WAIT)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('button.cite')"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "source-1-1"


def test_a_question_without_an_answer_gets_the_reason_and_the_nearest_passages(visitor: Visitor) -> None:
    assert visitor.ask(UNKNOWN).startswith("Not answered. ")
    assert visitor.page.get_by_role("heading", name="Nearest passages").is_visible()
    assert visitor.page.locator("#cards .card").count() == 3
    assert visitor.page.locator("#cards .number").count() == 0


def test_filters_narrow_the_search_and_a_wrong_day_is_explained(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_label("Publishers").click()
    page.get_by_role("option", name="Norhaven Wire").click()
    visitor.ask("How many people had to flee the flood in Port Merrow?")
    assert {facts.split(" · ")[0] for facts in page.locator("#sources-1 .facts").all_inner_texts()} == {"Norhaven Wire"}

    page.get_by_label("After").fill("12 March")
    page.get_by_label("Question").fill(FLOOD)
    page.get_by_label("Question").press("Enter")
    page.get_by_text("after is '12 March', expected a day such as").wait_for(timeout=WAIT)
    assert page.get_by_label("Question").input_value() == FLOOD


def test_a_number_of_an_earlier_answer_brings_its_sources_back(visitor: Visitor) -> None:
    visitor.ask(FLOOD)
    visitor.ask("By how many votes did Imogen Sarrow win the recount?", 2)
    assert not visitor.page.locator("#sources-1").is_visible()
    visitor.page.locator("#answer-1 button.cite").first.click()
    assert visitor.page.locator("#sources-1").is_visible()
    assert not visitor.page.locator("#sources-2").is_visible()


def test_a_blank_question_leaves_the_conversation_as_it_is(visitor: Visitor) -> None:
    visitor.ask(FLOOD)
    visitor.page.get_by_label("Question").fill("  ")
    with visitor.page.expect_response("**/queue/join*"):
        visitor.page.get_by_role("button", name="Ask").click()
    visitor.page.wait_for_timeout(2_000)  # while one question is under way, another is not taken
    visitor.ask(UNKNOWN, 2)
    assert visitor.page.locator(".asked").all_inner_texts() == [FLOOD, UNKNOWN]


def test_an_answer_that_is_stopped_stays_unfinished(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Question").fill(FLOOD)
    page.get_by_label("Question").press("Enter")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped.").wait_for()
    page.wait_for_timeout(1_000)
    assert page.get_by_role("button", name="Stop").is_disabled()
    assert page.locator(".asked").count() == 1 and page.locator("button.copy").count() == 0
    page.get_by_text("Stopped.").wait_for()


def test_a_new_conversation_begun_while_an_answer_comes_stays_empty(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Question").fill(FLOOD)
    page.get_by_label("Question").press("Enter")
    page.locator(".asked").wait_for()
    page.get_by_role("button", name="New conversation").click()
    page.locator(".asked").wait_for(state="detached")
    page.wait_for_timeout(2_000)
    assert page.locator(".asked").count() == 0 and page.get_by_role("button", name="Stop").is_disabled()


def test_an_answer_is_copied_with_its_sources(browser: Any, chat: Chat) -> None:
    visitor = Visitor(browser, chat.url, permissions=["clipboard-read", "clipboard-write"])
    answer = visitor.ask(FLOOD)
    visitor.page.locator("button.copy").click()
    visitor.page.get_by_role("button", name="Copied").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "Sources" in copied and all(word in copied for word in answer.removesuffix("Copy").split())
    visitor.context.close()


def test_two_visitors_do_not_see_each_others_conversation(browser: Any, chat: Chat) -> None:
    first, second = Visitor(browser, chat.url), Visitor(browser, chat.url)
    first.ask(FLOOD)
    second.ask("By how many votes did Imogen Sarrow win the recount?")
    first.ask(UNKNOWN, 2)
    assert "Vessen" not in second.page.inner_text("body").replace(FLOOD, "")
    assert second.page.locator(".asked").count() == 1 and first.page.locator(".asked").count() == 2
    first.page.get_by_role("button", name="New conversation").click()
    first.page.locator(".asked").first.wait_for(state="detached")
    assert second.page.locator(".asked").count() == 1
    first.context.close()
    second.context.close()


def test_a_pasted_article_is_added_cited_read_and_removed(visitor: Visitor) -> None:
    page = visitor.page
    open_tab(page, "Articles")
    page.get_by_label("Pasted text").fill(PASTED)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("1 added").wait_for(timeout=WAIT)
    page.get_by_text("13 articles of 5 publishers").wait_for(timeout=WAIT)

    open_tab(page, "Ask")
    assert "3,150 lanterns" in visitor.ask("How many lanterns were sold last year?")
    assert page.locator("#source-1-1 h3 a").count() == 0  # it has no address, so it is read here
    page.locator("#source-1-1").get_by_role("button", name="Read in the article").click()
    reading = page.get_by_role("dialog")
    reading.wait_for()
    assert "3,150 lanterns" in reading.locator("mark").inner_text()
    assert "Petra Lindqvane" in reading.inner_text()
    page.keyboard.press("Escape")

    open_tab(page, "Articles")
    page.get_by_label("Find articles").fill("lantern fair")
    page.get_by_role("checkbox", name="Lantern fair moves to Old Quay").check(timeout=WAIT)
    page.get_by_role("button", name="Remove the selected articles").click()
    page.get_by_role("button", name="Yes, remove them").click()
    page.get_by_text("1 removed.").wait_for(timeout=WAIT)
    page.get_by_text("12 articles of 5 publishers").wait_for(timeout=WAIT)
    open_tab(page, "Ask")
    assert "lanterns" not in visitor.ask("How many lanterns were sold last year?", 2)


def test_uploaded_files_are_added_or_skipped_for_a_reason(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "weir.txt").write_text("Weir opened\n\nThe Sallow weir was opened on Monday, said warden Hob Tansley.")
    (tmp_path / "<img src=x onerror=alert(1)>.pdf").write_bytes(b"%PDF-1.7")
    page = visitor.page
    open_tab(page, "Articles")
    page.locator("input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_text(".txt", exact=True).wait_for(timeout=WAIT)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("1 added, 1 skipped").wait_for(timeout=WAIT)
    assert "the PDF is damaged beyond reading" in page.locator("#report").inner_text()
    assert visitor.dialogs == []
    page.get_by_role("checkbox", name="Weir opened").check(timeout=WAIT)
    page.get_by_role("button", name="Remove the selected articles").click()
    page.get_by_role("button", name="Yes, remove them").click()
    page.get_by_text("1 removed.").wait_for(timeout=WAIT)


def test_a_watched_folder_brings_its_articles_and_a_watched_feed_says_why_it_failed(
    visitor: Visitor, tmp_path: Path
) -> None:
    page, news = visitor.page, tmp_path / "<b onclick=alert(1)>clippings"
    news.mkdir()
    (news / "weir.txt").write_text("Weir opened\n\nThe Sallow weir was opened on Monday, said warden Hob Tansley.")
    open_tab(page, "Articles")
    page.get_by_text("Nothing is watched.").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Watch", exact=True).click()
    page.get_by_text("Nothing is named.").wait_for(timeout=WAIT)
    page.get_by_label("Folders and feeds to watch").fill(f"{news}\n{tmp_path / 'nothing'}")
    page.get_by_role("button", name="Watch", exact=True).click()
    page.get_by_text("there is no such file or folder").wait_for(timeout=WAIT)
    page.get_by_label("Folders and feeds to watch").fill(f"{news}\nhttp://127.0.0.1/feed")
    page.get_by_role("button", name="Watch", exact=True).click()
    folder, feed = page.locator("#watched .source").nth(0), page.locator("#watched .source").nth(1)
    folder.get_by_text("1 added").wait_for(timeout=WAIT)
    feed.get_by_text("Failed: '127.0.0.1' is 127.0.0.1 port 80: only public addresses are fetched").wait_for(
        timeout=WAIT
    )
    assert _one_line(folder.locator("h3").inner_text()) == str(news)
    assert re.search(r"Every 15 minutes · last run .* UTC · next run .* UTC", feed.locator(".facts").inner_text())

    # The page follows the index by itself, and what was found and selected meanwhile stays so.
    page.get_by_role("checkbox", name="Weir opened").check(timeout=WAIT)
    feed.get_by_role("button", name="Stop watching").click()
    feed.wait_for(state="detached", timeout=WAIT)
    assert page.get_by_role("checkbox", name="Weir opened").is_checked()
    folder.get_by_role("button", name="Stop watching").click()
    page.get_by_text("Nothing is watched.").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Remove the selected articles").click()
    page.get_by_role("button", name="Yes, remove them").click()
    page.get_by_text("12 articles of 5 publishers").wait_for(timeout=WAIT)
    assert visitor.dialogs == [] and page.locator("[onclick]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone_and_nothing_is_loaded_from_elsewhere(
    browser: Any, chat: Chat, scheme: str
) -> None:
    visitor = Visitor(browser, chat.url, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    visitor.page.locator("button.example").first.wait_for(timeout=WAIT)
    widths = [visitor.page.evaluate("document.documentElement.scrollWidth")]
    visitor.ask(FLOOD)
    widths.append(visitor.page.evaluate("document.documentElement.scrollWidth"))
    check(visitor, "We never count those who drove to " + "a" * 200)
    widths.append(visitor.page.evaluate("document.documentElement.scrollWidth"))
    open_tab(visitor.page, "Articles")
    widths.append(visitor.page.evaluate("document.documentElement.scrollWidth"))
    assert max(widths) <= 390
    assert visitor.outside == [] and visitor.page.evaluate("window.__tried") == []
    visitor.context.close()


def check(visitor: Visitor, text: str, speaker: str = "") -> Any:
    """Check a quotation by keyboard, and wait for its verdict; returns the cards."""
    page = visitor.page
    open_tab(page, "Check a quotation")
    page.get_by_role("textbox", name="Speaker").fill(speaker)
    page.get_by_role("textbox", name="Quotation").fill(text)
    page.evaluate("document.querySelector('#findings .checked')?.remove()")  # so that the next one is the new one
    page.get_by_role("textbox", name="Quotation").press("Shift+Enter")
    page.locator("#findings .checked").wait_for(timeout=WAIT)
    return page.locator("#findings")


def test_a_quotation_is_checked_by_keyboard_and_its_article_is_read(visitor: Visitor) -> None:
    page, cards = visitor.page, check(visitor, "We do not count those who drove to their relatives")
    assert cards.get_by_role("heading", name="Real: word for word in 1 article").is_visible()
    assert [_one_line(words) for words in cards.locator("mark").all_inner_texts()] == [
        "We do not count those who drove to their relatives"
    ]
    cards.get_by_role("button", name="Read in the article").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(timeout=WAIT)
    assert "We do not count" in page.get_by_role("dialog").locator("mark").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")


def test_the_words_that_differ_are_marked_and_the_verdict_is_announced(visitor: Visitor) -> None:
    page, cards = visitor.page, check(visitor, "“We never count those who drove to their relatives.”")
    assert [words.split(": ")[-1] for words in cards.locator(".card del").all_text_contents()] == ["never"]
    assert [words.split(": ")[-1] for words in cards.locator(".card ins").all_text_contents()] == ["do not"]
    announced = page.locator('#verdict[aria-live="polite"]')
    assert "Not found. The closest real words differ in 1 place." in announced.inner_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_right_to_left_and_chinese_text_keep_their_direction_and_marks(
    browser: Any, tmp_path: Path, demo_index: Path, embedder: Any, width: int
) -> None:
    from index.build import build

    index = Path(shutil.copytree(demo_index, tmp_path / "index"))
    build([str(INPUTS / "languages.jsonl")], index, embedder)
    arabic, chinese = "لم نر ربيعًا مزدحمًا كهذا من قبل", "我们从未见过如此繁忙的春天"
    with running_chat(tmp_path, index=index) as chat:
        visitor = Visitor(browser, chat.url, viewport={"width": width, "height": 844})
        page, cards = visitor.page, check(visitor, arabic)
        assert cards.get_by_role("heading", name="Real: word for word in 1 article").is_visible()
        quote = cards.locator(".quote")
        assert _computed(quote, "direction") == "rtl" and _computed(quote, "unicodeBidi") == "isolate"
        assert "«" in quote.inner_text() and _one_line(quote.locator("mark").inner_text()) == arabic
        assert _computed(page.get_by_role("textbox", name="Quotation"), "unicodeBidi") == "plaintext"
        cards.get_by_role("button", name="Read in the article").click()
        assert _computed(page.get_by_role("dialog").locator(".text"), "direction") == "rtl"
        page.keyboard.press("Escape")
        quote = check(visitor, f"“{chinese}”").locator(".quote")
        assert _computed(quote, "direction") == "ltr" and f"“{chinese}，”" in quote.inner_text()
        open_tab(page, "Ask")
        assert "another language than English" in visitor.ask("كم سفينة رست في الميناء في مايو؟")
        assert _computed(page.locator(".asked").first, "direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        visitor.context.close()


def _computed(element: Any, style: str) -> str:
    return str(element.evaluate("(element, style) => getComputedStyle(element)[style]", style))


def test_each_quotation_of_a_pasted_paragraph_gets_its_verdict(visitor: Visitor) -> None:
    cards = check(visitor, "He said: “There is no shortage of help.” She said: “They lacked warnings.” It was “bad”.")
    assert cards.locator(".summary").inner_text() == "1 of 2 quotations is real."
    assert cards.locator(".finding").count() == 2 and "Not checked" in cards.inner_text()


def test_what_cannot_be_checked_is_explained(visitor: Visitor) -> None:
    page = visitor.page
    open_tab(page, "Check a quotation")
    page.get_by_role("textbox", name="Quotation").fill("unsafe")
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("'unsafe' is too short to prove anything.").wait_for(timeout=WAIT)


def test_the_receipt_of_an_answer_is_saved_and_holds(visitor: Visitor, chat: Chat, tmp_path: Path) -> None:
    from rag.__main__ import main

    button = visitor.page.get_by_role("button", name="Save the answer's receipt")
    visitor.ask(UNKNOWN)
    assert button.count() == 0
    visitor.ask(FLOOD, 2)
    with visitor.page.expect_download(timeout=WAIT) as saving:
        button.click()
    saving.value.save_as(tmp_path / "receipt.json")
    assert saving.value.suggested_filename == "receipt.json"
    assert main(["check", "--receipt", str(tmp_path / "receipt.json"), "--index", str(chat.index)]) == 0


EVIL = "http://evil.example"
PAYLOADS = {
    "script": "<script>window.__pwned=1</script>",
    "image": f"<img src={EVIL}/1.png onerror=window.__pwned=1>",
    "image srcset": f'<img srcset="{EVIL}/2.png 1x, {EVIL}/3.png 2x">',
    "picture": f"<picture><source srcset={EVIL}/4.png><img></picture>",
    "iframe": f"<iframe src={EVIL}/5 srcdoc='<script>parent.__pwned=1</script>'></iframe>",
    "svg": f"<svg onload=window.__pwned=1><image href={EVIL}/6.svg /><use href={EVIL}/7.svg#x /></svg>",
    "style import": f"<style>@import url({EVIL}/8.css);</style>",
    "style background": f'<b style="background:url({EVIL}/9.png)">bold</b>',
    "stylesheet": f"<link rel=stylesheet href={EVIL}/10.css>",
    "preload": f"<link rel=preload as=image href={EVIL}/11.png>",
    "dns prefetch": "<link rel=dns-prefetch href=//evil.example>",
    "meta refresh": f"<meta http-equiv=refresh content='0;url={EVIL}/12'>",
    "base": f"<base href={EVIL}/>",
    "object": f"<object data={EVIL}/13.swf></object><embed src={EVIL}/14.swf>",
    "video": f"<video autoplay poster={EVIL}/15.png><source src={EVIL}/16.mp4></video>",
    "audio": f"<audio autoplay src={EVIL}/17.mp3 onerror=window.__pwned=1></audio>",
    "form": f"<form action={EVIL}/18><input autofocus onfocus=window.__pwned=1><button>Go</button></form>",
    "details": "<details open ontoggle=window.__pwned=1><summary>more</summary></details>",
    "body": f"<body onload=window.__pwned=1 background={EVIL}/19.png>",
    "anchor": "<a href='javascript:window.__pwned=1' onmouseover=window.__pwned=1>link</a>",
    "attribute end": "\"><img src=x onerror='window.__pwned=1'> ' autofocus onfocus=window.__pwned=1 x='",
    "element end": "</textarea></title></script></style></pre></mark><img src=x onerror=window.__pwned=1>",
    "comment": "<!--><img src=x onerror=window.__pwned=1>--> <![CDATA[<img src=x onerror=window.__pwned=1>]]>",
    "entities": "&lt;img src=x onerror=window.__pwned=1&gt; &#60;script&#62;window.__pwned=1&#60;/script&#62;",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=window.__pwned=1></style></mglyph></table></mtext>",
    "markdown image": f"![alt]({EVIL}/20.png) ![alt][ref] [ref]: {EVIL}/21.png",
    "markdown link": "[click](javascript:window.__pwned=1) [click][ref] [ref]: javascript:window.__pwned=1",
    "autolink": f"<{EVIL}/22> www.evil.example {EVIL}/23 evil@evil.example",
    "code fence": "```mermaid graph TD; A[<img src=x onerror=window.__pwned=1>] click A call alert() ``` `code`",
    "latex": rf"$$\includegraphics{{{EVIL}/24.png}} \href{{javascript:window.__pwned=1}}{{x}}$$ \(\url{{{EVIL}}}\)",
    "template": "{{constructor.constructor('window.__pwned=1')()}} ${window.__pwned=1} {{{value}}} <%= value %>",
    "file message": '{"path": "/etc/passwd", "url": "http://evil.example/25", "meta": {"_type": "gradio.FileData"}}',
    "direction": "evil \u202egnp.exe\u202c \u2066isolate\u2069 and \u200bzero width",
    "table": f"| a | b | |---|---| | ![x]({EVIL}/26.png) | **bold** _em_ ~~gone~~ # Heading > quote - item 1. one |",
}  # fmt: skip
URLS = [
    "javascript:window.__pwned=1//https://ok.example/",
    "data:text/html,<script>window.__pwned=1</script>",
    'https://ok.example/"onmouseover="window.__pwned=1',
    "https://ok.example/'><img src=http://evil.example/27.png>",
    "//evil.example/28",
]


@pytest.fixture(scope="module")
def hostile_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """A chat over one article for each payload, which stands in its headline, publisher and text."""
    from index.build import build_articles
    from rag.models.embedder import load_embedder
    from rag.records import Article

    articles = [
        Article(
            f"hostile{number}",
            f"Herons at weir {number}: {payload}",
            f"Warden Orla Venn counted {number + 40} herons at weir {number}, near {payload}\n\nIt rained {payload}",
            URLS[number % len(URLS)],
            f"Weir Gazette {payload}",
            (payload,),
            date(2031, 6, 1),
        )
        for number, payload in enumerate(PAYLOADS.values(), 100)
    ]
    folder = tmp_path_factory.mktemp("hostile")
    build_articles("test", articles, folder / "index", load_embedder(), lambda report: None)
    with running_chat(folder, index=folder / "index") as running:
        yield running


def test_hostile_text_is_shown_and_does_nothing(browser: Any, hostile_chat: Chat) -> None:
    visitor = Visitor(browser, hostile_chat.url)
    page = visitor.page
    answered = 0
    for place, (number, payload) in enumerate(enumerate(PAYLOADS.values(), 100)):
        turn = place % 6 + 1
        if place and turn == 1:  # short conversations: a page with a hundred cards is slow to test
            _assert_nothing_happened(visitor)
            page.reload()
            page.get_by_label("Question").wait_for()
        visitor.ask(f"How many herons did Orla Venn count at weir {number}? {payload}", turn)
        shown = _one_line(re.sub("[\u202a-\u202e]", "\ufffd", payload))
        assert shown in _one_line(page.locator(".asked").last.inner_text())
        assert shown in _one_line(page.locator(f"#sources-{turn}").inner_text())
        answered += page.locator(f"#answer-{turn} .cite").count() > 0
    page.locator("#cards button.read:visible").first.click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    for number, payload in enumerate(PAYLOADS.values(), 100):
        weir = f"Warden Orla Venn counted {number} herons at weir {number}, near {payload}"
        shown = _one_line(check(visitor, weir, payload).inner_text())
        assert _one_line(re.sub("[\u202a-\u202e]", "\ufffd", payload)) in shown
    _assert_nothing_happened(visitor)
    assert answered >= len(PAYLOADS) * 3 // 4  # so the payloads went through answers too, not only through passages
    open_tab(page, "Articles")
    page.locator("#listing input").first.wait_for(timeout=WAIT)
    open_tab(page, "Ask")
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_label("Publishers").click()
    page.get_by_role("option").first.wait_for()
    _assert_nothing_happened(visitor)


def _assert_nothing_happened(visitor: Visitor) -> None:
    page = visitor.page
    assert visitor.outside == [] and visitor.dialogs == []
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("window.__tried") == []
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => new URL(link.href).protocol)")
    assert set(links) <= {"http:", "https:"}
    assert page.locator("[onerror], [onload], [onmouseover], [ontoggle], [onfocus]").count() == 0
