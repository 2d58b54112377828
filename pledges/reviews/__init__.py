"""Reviews: leaders' verdicts on reports and decisions on obstacles."""
