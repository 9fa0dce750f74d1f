# Counts and their snapshots.
