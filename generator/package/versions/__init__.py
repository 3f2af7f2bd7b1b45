"""What was printed: frozen versions, and the ledger of physical copies."""
