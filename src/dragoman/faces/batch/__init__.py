"""Whole archives, coded shard by shard into tables: `plan` cuts the work, `coding` does a shard, `local` or `on_ray` does them all."""
