"""`acl.himpi`: there, as in pyACL, and not needed here."""
