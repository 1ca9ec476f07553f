"""Runs the stages in order, over worker processes; resumes."""
