"""Rows of other data sets (GDELT 2.0, POLECAT, ACLED) as claims of these data sets."""
