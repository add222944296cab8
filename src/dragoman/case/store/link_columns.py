"""The columns of a link with the ids of its reports, and where they come from; `tables.stored_link` reads such a row."""

COLUMNS = "l.number, l.kind, a.id, l.a_entry, b.id, l.b_entry, l.score, l.why, l.made_by, l.made_at, l.judgement, l.superseded"
FROM = "FROM links l JOIN reports a ON a.number = l.a_report JOIN reports b ON b.number = l.b_report"
