"""Who may come in: accounts and their roles, sessions and tokens, what visitors may do, and the record of what they did."""
