"""The printed instruction against the label: rules that read what a prompt asks for and decide which response does it."""
