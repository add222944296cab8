"""Alerts: saved filters over a case, and how one is told of what is new: by a feed, a webhook or a mail, each thing once."""
