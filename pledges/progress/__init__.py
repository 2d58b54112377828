"""Progress: periods, reports with their figures, and the state of a task."""
