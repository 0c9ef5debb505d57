"""The settings page, generated from the described fields."""
