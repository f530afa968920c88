"""One file a source: where it lies, which bytes it is, its licence, and how its rows become items."""
