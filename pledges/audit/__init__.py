"""What happened: the chained log of every change."""
