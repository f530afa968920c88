"""Generators: raw items become distributions of examples, and shifts name their parts."""
