"""The page of a recipe: the part in the middle, its limits drawn on it, a form beside it."""
