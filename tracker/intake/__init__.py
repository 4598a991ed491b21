"""Use cases that write: read documents, extract, store; seed the store."""
