"""Search: one index over everything readable, kept current by the record, read through each kind's own gate."""
