"""The chat's style sheet and its few lines of script: what is the same on every page, and holds nobody's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr


def theme() -> gr.themes.Base:
    """One accent colour on grey, and fonts that every system has: none is fetched."""
    import gradio as gr

    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
    base = gr.themes.Base(
        primary_hue="teal",
        secondary_hue="teal",
        neutral_hue="slate",
        font=sans,
        font_mono=("ui-monospace", "monospace"),
    )
    return base.set(
        color_accent="*primary_700",
        body_text_color_subdued="*neutral_600",  # Gradio's own is too pale to read
        body_text_color_subdued_dark="*neutral_400",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_400",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_medium_text_weight="500",
        button_large_text_weight="500",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="white",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
    )


CSS = """
.gradio-container { width: 100%; max-width: 1240px !important; margin: 0 auto !important;
  --mark: #fdeeb4; --on-mark: #1c1917; --real: #15703f; --missing: #b3261e; --changed: #8a5300;
  --taken: #fbdcd9; --on-taken: #7a1710; --given: #cdeedb; --on-given: #0b4a29; }
.dark .gradio-container, .gradio-container.dark { --mark: #6b5413; --on-mark: #fefce8;
  --color-accent: var(--primary-400); --real: #6ad19a; --missing: #ff9d94; --changed: #f0b95a;
  --taken: #5c201b; --on-taken: #ffd9d5; --given: #134d2f; --on-given: #d3f5e1; }
.main.fillable.app { padding: clamp(10px, 2vw, 24px) !important; }
main.contain { width: 100%; padding: 0 !important; }
.gradio-container .html-container { padding: 0 !important; }
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; }
.title h1 { font-size: 1.35rem; font-weight: 700; letter-spacing: -0.01em; margin: 0; }
.title p, .holdings, .note, .facts { color: var(--body-text-color-subdued); font-size: 0.875rem; margin: 0; }
.holdings:empty { display: none; }

.asked { white-space: normal; overflow-wrap: anywhere; }
.message-content, .message-content .prose, .message-content .prose * { opacity: 1; color: var(--body-text-color); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 8px 16px; margin: 10px 0;
  padding: 10px 12px; border: 1px solid var(--border-color-primary); border-radius: 8px; }
.sides h4 { grid-column: 1 / -1; margin: 0; font-size: 0.9rem; }
.sides .quote { margin: 2px 0 0; } .sides mark { background: var(--mark); color: var(--on-mark); }
.prose .answer { overflow-wrap: anywhere; line-height: 1.55; font-size: 0.95rem; }
.prose .answer p { margin: 0 0 6px; }
.prose .answer blockquote { margin: 0 0 14px !important; padding: 2px 0 2px 14px; opacity: 1;
  border-left: 3px solid var(--color-accent); }
.message-content .prose .note { color: var(--body-text-color-subdued); }
.message-content .prose button { color: var(--link-text-color); }
button.cite { padding: 0 3px; border-radius: 4px; font-weight: 600; color: var(--link-text-color); cursor: pointer; }
button.cite:hover { background: var(--color-accent-soft); text-decoration: underline; }
button.copy, button.read, button.back, dialog#reading button { cursor: pointer; font-size: 0.8125rem;
  color: var(--link-text-color); border-radius: 4px; padding: 2px 0; }
button.copy:hover, button.read:hover, button.back:hover { text-decoration: underline; }

#cards { max-height: calc(100vh - 150px); overflow-y: auto; padding: 2px; }
.sources h2 { font-size: 1rem; font-weight: 650; margin: 0 0 2px; }
.sources > .note { margin: 0 0 12px; overflow-wrap: anywhere; }
button.back { display: none; }
.card { border: 1px solid var(--border-color-primary); border-radius: 8px; padding: 12px 14px; margin: 0 0 10px;
  background: var(--background-fill-primary); overflow-wrap: anywhere; scroll-margin: 12px; }
.card.chosen { border-color: var(--color-accent); box-shadow: 0 0 0 1px var(--color-accent); }
.card h3 { display: flex; gap: 8px; align-items: baseline; font-size: 0.95rem; font-weight: 600; line-height: 1.35;
  margin: 0 0 2px; }
.card h3 > :last-child { flex: 1; text-align: left; }
.gap { display: block; height: 0.6em; }
.card h3 a, dialog#reading a { color: var(--link-text-color); text-decoration: underline;
  text-decoration-thickness: 1px; text-underline-offset: 2px; }
.card .number { flex: none; min-width: 1.5em; text-align: center; border-radius: 4px; font-size: 0.8rem; padding: 0 4px;
  background: var(--color-accent-soft); color: var(--link-text-color); }
.card .quote { margin: 8px 0 6px; line-height: 1.55; color: var(--body-text-color-subdued); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#verdict, #findings { padding: 2px; }
#verdict:not(:has(.note)) { height: 0; min-height: 0; padding: 0; border: 0; margin-top: calc(-1 * var(--layout-gap)); }
.checked { overflow-wrap: anywhere; }
.checked .summary { font-size: 1.05rem; font-weight: 650; margin: 0 0 16px; }
.checked section { margin: 0 0 26px; }
.checked blockquote { margin: 0 0 8px !important; padding: 2px 0 2px 14px; line-height: 1.55;
  border-left: 3px solid var(--border-color-primary); }
.finding { display: flex; gap: 10px; align-items: baseline; font-size: 1.05rem; font-weight: 650; line-height: 1.4;
  margin: 0 0 12px; }
.finding::before { flex: none; width: 1.5em; height: 1.5em; border-radius: 50%; text-align: center; line-height: 1.5em;
  font-size: 0.85rem; color: var(--background-fill-primary); }
.finding.real::before { content: "✓" / ""; background: var(--real); }
.finding.missing::before { content: "✕" / ""; background: var(--missing); }
.finding.changed::before { content: "!" / ""; background: var(--changed); }
.card .said { font-size: 0.875rem; margin: 0 0 4px; }
.card .compared b { font-weight: 500; color: var(--body-text-color); }
.legend { margin: 0 0 10px; }
del, ins { border-radius: 3px; padding: 0 3px; font-weight: 500; -webkit-box-decoration-break: clone;
  box-decoration-break: clone; }
del { background: var(--taken); color: var(--on-taken); text-decoration: line-through; text-decoration-thickness: 1px; }
ins { background: var(--given); color: var(--on-given); text-decoration: underline; text-underline-offset: 2px;
  text-decoration-thickness: 1px; }
mark { background: var(--mark); color: var(--on-mark); border-radius: 2px; padding: 0 1px; }

dialog#reading { width: min(720px, calc(100vw - 24px)); max-height: 88vh; margin: auto; padding: 20px 26px 26px;
  border: 1px solid var(--border-color-primary); border-radius: 10px; overflow-y: auto; overflow-wrap: anywhere;
  background: var(--background-fill-primary); color: var(--body-text-color); }
dialog#reading::backdrop { background: rgb(0 0 0 / 45%); }
dialog#reading form { float: right; margin: 0 0 0 12px; }
dialog#reading h2 { font-size: 1.2rem; font-weight: 650; line-height: 1.3; margin: 0 0 4px; }
dialog#reading .text { margin-top: 14px; line-height: 1.65; }

#listing .wrap { flex-direction: column; flex-wrap: nowrap; gap: 4px; max-height: 50vh; overflow-y: auto; }
#listing label { width: 100%; overflow-wrap: anywhere; }
#report { min-height: 90px; }
.report ul { margin: 4px 0 0; padding-left: 20px; list-style: disc; overflow-wrap: anywhere; }
.report p { margin: 0; }
.gradio-container :focus-visible { outline: 2px solid var(--color-accent) !important; outline-offset: 2px; }

@media (max-width: 720px) {
  .message-row.bubble { max-width: 100% !important; }
  .gradio-container button.md { padding-left: 6px; padding-right: 6px; }
  #cards { max-height: none; }
  button.back { display: inline; }
  dialog#reading { padding: 14px 16px 18px; }
}
@media (prefers-reduced-motion: no-preference) { #cards { scroll-behavior: smooth; } }
"""

# Listens on the document: Gradio replaces the elements with every answer.
SCRIPT = """
<meta name="referrer" content="no-referrer">
<script>
(() => {
  const showCard = (card) => {
    const section = card.closest(".sources");
    for (const other of document.querySelectorAll(".sources")) other.hidden = other !== section;
    for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
    card.classList.add("chosen");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  const goBack = (answer) => {
    answer.tabIndex = -1;
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "nearest" });
  };
  const copy = async (words, button) => {
    if (navigator.clipboard) await navigator.clipboard.writeText(words);
    else {  // a page over plain http from another machine
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = words;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.cite, button.back, button.copy");
    const named = button && document.getElementById(button.value);
    if (!named) return event.target.id === "reading" && event.target.close();  // a click beside the dialog
    if (button.matches(".cite")) showCard(named);
    else if (button.matches(".back")) goBack(named);
    else copy(named.textContent, button);
  });
  // Gradio names every message by its markup, which a screen reader would read out: its text is its name.
  new MutationObserver(() => {
    const verdict = document.querySelector("#verdict:not([aria-live])");
    if (verdict) verdict.setAttribute("aria-live", "polite");  // there before anything is told in it
    for (const named of document.querySelectorAll('[data-testid="bot"][aria-label], [data-testid="user"][aria-label]'))
      named.removeAttribute("aria-label");
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
})();
</script>
"""

# For gr.HTML: which card's article is to be read.
CARDS_ON_LOAD = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("button.read");
  if (button) trigger("click", { turn: Number(button.dataset.turn), place: Number(button.dataset.place) });
});
"""
# The element is new, so the page needs a moment to hold it.
OPEN_READING = """
() => setTimeout(() => {
  const dialog = document.getElementById("reading");
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("mark")?.scrollIntoView({ block: "center" });
}, 60)
"""
