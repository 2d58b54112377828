"""What was decided in a meeting, on an obstacle or on the telephone, and is to be done by a day."""
