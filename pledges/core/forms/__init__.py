"""Forms that lose nothing: not to dead tokens, double clicks, other people's changes or ended sessions."""
