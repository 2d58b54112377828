"""The frame: home, help, errors, health, navigation, the pattern page."""
