"""What the pages show, as JSON under /api/1/ for other programs; one table of questions makes the routes, their check and OpenAPI."""
