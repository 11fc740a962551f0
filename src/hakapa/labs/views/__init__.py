"""The pages of labs: to read, to plan, to lead, to take part on a phone."""
