"""Articles by our own hand with gold, to see that a change makes nothing worse."""
