"""`acl.fv`: there, as in pyACL, and not needed here."""
