"""US history: one table of facts, asked in several contexts."""
