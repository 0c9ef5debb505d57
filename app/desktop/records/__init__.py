"""The page of everything that was kept: search, picture, why, export."""
