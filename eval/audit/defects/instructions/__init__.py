"""The printed instruction against the label: rules that read what a prompt asks for and which response does it."""
