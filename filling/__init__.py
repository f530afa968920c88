"""What fills `raw/` from outside: pinned sources of the hub, and banks grown by a language model."""
