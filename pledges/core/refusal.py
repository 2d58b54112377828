"""What the rules refuse, said to the user."""


class Refused(ValueError):
    """Something that can't be done now; the message is a Vietnamese sentence for the user.

    `field` names the question of the form that it is about, if it is about one.
    """

    def __init__(self, sentence: str = "", field: str = "") -> None:
        """Keep the field beside the sentence."""
        super().__init__(sentence)
        self.field = field
