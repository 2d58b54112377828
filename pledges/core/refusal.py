"""What the rules refuse, said to the user."""


class Refused(ValueError):
    """Something that can't be done now; the message is a Vietnamese sentence for the user."""
