"""The look of every page: Gradio's theme, style.css and page.js."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

BUTTONS_ON_LOAD = "onrecord.listen(element, trigger)"  # these two are in page.js
OPEN_READING = "() => onrecord.openReading()"


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


def style_sheet() -> str:
    return files("rag.chat").joinpath("style.css").read_text(encoding="utf-8")


def head() -> str:
    """What goes into the page's head, where it is loaded before Gradio."""
    script = files("rag.chat").joinpath("page.js").read_text(encoding="utf-8")
    return f'<meta name="referrer" content="no-referrer">\n<script>\n{script}</script>\n'
