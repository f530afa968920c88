"""Families: the builders that shifts share, one folder or file an idea."""
