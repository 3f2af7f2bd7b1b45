"""Opening what was written, or received: does it open, and does it hold anything that it must not."""
