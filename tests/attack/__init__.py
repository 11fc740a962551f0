"""What strangers try, each from a real advisory or a real day."""
