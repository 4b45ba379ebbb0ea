"""Merging: accounts to groups, their fields to one value each, their utterances side by side."""
