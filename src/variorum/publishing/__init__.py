"""Web pages, a static site and exports, all made from the same rows (``rows``)."""
