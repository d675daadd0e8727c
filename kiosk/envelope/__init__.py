"""A dossier as it travels: payload, signature, seal, receipts. Formats stand in PROTOCOL.md."""
