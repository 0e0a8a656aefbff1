"""One page of text to its articles."""

from index.pages.split import split_page

__all__ = ["split_page"]
