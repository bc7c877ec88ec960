"""The calls of REST: read, given to a service, answered; one file for each subject."""
