"""What a person is told outside the pages: the daily digest and the calendar of due days."""
