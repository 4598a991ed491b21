"""tracker: who went where, when, by whose word: naval movements read from open-source reports."""

__version__ = "0.1.0"
