"""The official rules, one small function each."""
