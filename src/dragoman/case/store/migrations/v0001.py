"""The first schema."""

from __future__ import annotations

from dragoman.case.store.dialect import Database

_TABLES = """
CREATE TABLE meta (key {text} PRIMARY KEY, value {text} NOT NULL);
CREATE TABLE counters (kind {text} PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE numbers (key {text} PRIMARY KEY, item {text} NOT NULL);
CREATE TABLE blobs (digest {text} PRIMARY KEY, data {blob} NOT NULL);
CREATE TABLE reports (
  number INTEGER PRIMARY KEY,
  id {text} NOT NULL UNIQUE,
  published {text} NOT NULL,
  title {text},
  publisher {text},
  url {text},
  source_id {text},
  language {text} NOT NULL,
  added {text} NOT NULL,
  blob {text} REFERENCES blobs (digest),
  signature {blob},
  same_text_as {text} REFERENCES reports (id)
);
CREATE TABLE texts (report INTEGER PRIMARY KEY REFERENCES reports (number), data {blob} NOT NULL);
CREATE TABLE readings (
  report INTEGER NOT NULL REFERENCES reports (number),
  number INTEGER NOT NULL,
  made_by {text} NOT NULL,
  made_at {text} NOT NULL,
  data {blob} NOT NULL,
  PRIMARY KEY (report, number)
);
CREATE TABLE items (
  id {text} PRIMARY KEY,
  kind {text} NOT NULL,
  number INTEGER NOT NULL,
  name {text},
  folded {text},
  type {text},
  status {text},
  parent {text},
  day {text} NOT NULL,
  json {text} NOT NULL
);
CREATE TABLE entries (
  report INTEGER NOT NULL REFERENCES reports (number),
  entry {text} NOT NULL,
  kind {text} NOT NULL,
  item {text} REFERENCES items (id),
  type {text},
  status {text},
  begins {text},
  ends {text},
  name {text},
  folded {text},
  published {text} NOT NULL,
  json {text} NOT NULL,
  PRIMARY KEY (report, entry)
);
CREATE TABLE roles (
  report INTEGER NOT NULL,
  entry {text} NOT NULL,
  role {text} NOT NULL,
  actor {text} NOT NULL,
  item {text},
  PRIMARY KEY (report, entry, role, actor),
  FOREIGN KEY (report, entry) REFERENCES entries (report, entry) ON DELETE CASCADE
);
CREATE TABLE dealings (
  initiator {text} NOT NULL,
  recipient {text} NOT NULL,
  type {text} NOT NULL,
  status {text} NOT NULL,
  month {text} NOT NULL,
  published {text} NOT NULL,
  until {text} NOT NULL,
  report INTEGER NOT NULL,
  entry {text} NOT NULL,
  PRIMARY KEY (report, entry, initiator, recipient),
  FOREIGN KEY (report, entry) REFERENCES entries (report, entry) ON DELETE CASCADE
);
CREATE TABLE keys (
  kind {text} NOT NULL,
  key {text} NOT NULL,
  item {text} NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  latest INTEGER NOT NULL,
  PRIMARY KEY (kind, key, item)
);
CREATE TABLE text_keys (
  key {text} NOT NULL,
  report INTEGER NOT NULL REFERENCES reports (number),
  PRIMARY KEY (key, report)
);
CREATE TABLE links (
  number INTEGER PRIMARY KEY,
  kind {text} NOT NULL,
  a_report INTEGER NOT NULL REFERENCES reports (number),
  a_entry {text} NOT NULL,
  b_report INTEGER NOT NULL REFERENCES reports (number),
  b_entry {text} NOT NULL,
  score {real} NOT NULL,
  why {text} NOT NULL,
  made_by {text} NOT NULL,
  made_at {text} NOT NULL,
  judgement {text} NOT NULL,
  superseded {text}
);
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  verb {text} NOT NULL,
  target {text} NOT NULL,
  value {text},
  why {text} NOT NULL,
  made_by {text} NOT NULL,
  made_at {text} NOT NULL,
  undone {text}
);
CREATE TABLE names (word {text} PRIMARY KEY);
CREATE INDEX reports_by_day ON reports (published, number);
CREATE INDEX items_by_number ON items (kind, number);
CREATE INDEX items_by_name ON items (kind, folded);
CREATE INDEX items_by_parent ON items (parent, kind);
CREATE INDEX entries_by_item ON entries (kind, item, published, begins, ends, type, status, report);
CREATE INDEX entries_of_item ON entries (item, published, report, entry);
CREATE INDEX entries_by_name ON entries (kind, folded, item);
CREATE INDEX entries_by_type ON entries (kind, type, status, published, item);
CREATE INDEX roles_by_actor ON roles (report, actor);
CREATE INDEX roles_by_item ON roles (item, report, entry);
CREATE INDEX dealings_by_group ON dealings (initiator, recipient, type, status, month, published, until);
CREATE INDEX dealings_by_recipient ON dealings (recipient);
CREATE INDEX keys_by_age ON keys (kind, key, latest);
CREATE INDEX keys_by_item ON keys (item);
CREATE INDEX links_by_a ON links (a_report, a_entry);
CREATE INDEX links_by_b ON links (b_report, b_entry);
CREATE INDEX decisions_by_target ON decisions (target)
"""


def apply(database: Database) -> None:
    """Makes all tables, their indexes, and the index of words."""
    database.create_home()
    for statement in _TABLES.format(**database.column_types).split(";"):
        database.rows(statement)
    database.create_words()
