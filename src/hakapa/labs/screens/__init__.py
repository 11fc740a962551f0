"""What is on the screens of a lab while it goes on: the phones', the projector's, the leader's."""

from hakapa.labs.screens import leader, projector

__all__ = ["leader", "projector"]
