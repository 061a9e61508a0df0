"""The read side: documents for screens and callers, plain and JSON-able, each from one snapshot."""
