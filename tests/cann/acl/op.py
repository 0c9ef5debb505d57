"""`acl.op`: there, as in pyACL, and not needed here."""
