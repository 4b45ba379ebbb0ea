"""Merging: the fields of several accounts to one value each, their utterances side by side."""
