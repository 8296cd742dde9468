"""What holds several items: rows of JSON and CSV, feeds, web archives, compressed files."""
