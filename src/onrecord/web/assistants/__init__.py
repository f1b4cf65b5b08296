"""The ledger for assistants, by the Model Context Protocol: tools that read, and nothing that writes."""
