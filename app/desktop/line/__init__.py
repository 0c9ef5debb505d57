"""The line page: live picture, verdict from three metres, the shift in figures."""
