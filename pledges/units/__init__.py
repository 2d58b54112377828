"""Units: who everything belongs to; a tree through time."""
