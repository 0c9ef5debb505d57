"""`acl.blas`: there, as in pyACL, and not needed here."""
