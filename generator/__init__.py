"""申报: official submission packages for SME characteristic industry clusters."""

__version__ = "0.1.0"
