"""What waits for a person on a day, by where it comes from; `site.inbox` puts it together."""
