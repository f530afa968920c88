"""Data that others publish on the Hugging Face hub, at a pinned revision, as items of ours under `raw/upstream/`."""
