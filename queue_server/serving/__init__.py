"""Before any page or socket: who is let in when, whose word counts, how long a slow client has; logs and figures."""
