"""Style and substance: literary prose where it is asked for, and where it is put around what is false."""
