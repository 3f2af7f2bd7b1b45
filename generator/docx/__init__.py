"""Word files: compiled from definitions, filled, written with stable bytes."""
