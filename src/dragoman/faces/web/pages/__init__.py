"""The pages of the workspace: each module asks the case for one page and says what its template shows."""
