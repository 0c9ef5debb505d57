"""`acl.media`: there, as in pyACL, and not needed here."""
