"""The slip: what stands on it, and its QR code. Paper comes after the commit; a dead printer never costs a ticket."""
