"""The pages of challenges: to read, to write, to move on."""
