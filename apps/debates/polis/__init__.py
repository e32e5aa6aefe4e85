"""Conversations in the files of Polis: read in all three generations, written as polis-export/1."""
