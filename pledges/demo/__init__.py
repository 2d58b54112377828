"""The Hà Khánh campaign, loaded through the same operations as a user's work, and one click per role to try it."""
