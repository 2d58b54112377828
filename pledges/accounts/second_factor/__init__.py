"""Second factors: a code of the person's phone beside the password."""
