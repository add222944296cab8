"""Deciding in the browser: the queue of what is uncertain, the forms that answer it, and what a sitting remembers."""
