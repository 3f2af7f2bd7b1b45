"""Form definitions: their grammar, how they are read, and how a cluster fills them."""
