"""Which entries of different reports are one: views of them, candidates, scores, and the choice of an item."""
