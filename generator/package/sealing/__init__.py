"""Sealing: scans of the signed, stamped sheets put in the place of those pages."""
