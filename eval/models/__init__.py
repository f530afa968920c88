"""Models that rewards are read from: finding and checking their files, loading them, reading texts with them."""
