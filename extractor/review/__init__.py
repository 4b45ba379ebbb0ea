"""Review: a page on this machine, on which a person decides what waits. Works without scripts.

workspace ──> desk ──> screens ──> answers ──> log
              held in memory; settled anew in the background
"""
