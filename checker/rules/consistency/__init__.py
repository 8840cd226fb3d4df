"""CON2xx: one thing under several names on one page."""
