"""Importers: data that others released, read into our records with every oddity reported and none mended."""
