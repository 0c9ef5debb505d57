"""`acl.prof`: there, as in pyACL, and not needed here."""
