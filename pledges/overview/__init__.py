"""The overview: all tasks by block and unit × periods, and what needs attention first."""
