"""The forms of problems, a file a subject; every file here is found by being here."""
