"""Who answers for a task, and who supervises it."""
