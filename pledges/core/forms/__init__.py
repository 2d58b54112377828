"""Forms that lose nothing: dead tokens, double clicks, other people's changes and ended sessions keep what was typed."""
