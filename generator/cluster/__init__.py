"""The cluster folder: what may be said, how it is read, and the value it becomes."""
