"""The workspace: a case as pages in a browser, on the user's own machine. The only door to the web framework."""
