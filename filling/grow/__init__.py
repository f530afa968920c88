"""Banks that a language model grows: every exchange is recorded, and the bank is a function of the records."""
