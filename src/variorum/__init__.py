"""Variorum: an edition of the news about one contested situation."""

__version__ = "0.1.0"
