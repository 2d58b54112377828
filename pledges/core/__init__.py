"""The ground that every feature stands on: base, types, clock, text, forms."""
