"""Whole archives, coded shard by shard into tables: `plan` cuts the work, `coding` does a shard, an engine (`local`) does them all."""
