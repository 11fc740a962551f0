"""A room of phones that are driven by one lean process, and what is needed around it."""
