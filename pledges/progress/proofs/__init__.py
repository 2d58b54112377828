"""What evidence a task must show."""
