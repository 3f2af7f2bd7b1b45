"""Discs, USB sticks and mail: the electronic copies of what is handed in."""
