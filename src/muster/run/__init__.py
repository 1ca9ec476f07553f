"""Runs the stages in order: in worker processes, resuming where it was interrupted."""
