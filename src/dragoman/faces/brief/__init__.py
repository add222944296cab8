"""A brief as a page: Markdown, one HTML file, or PDF."""
