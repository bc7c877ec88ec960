"""What `presence-server` can be told to do, a file for each subject.

Each file adds its words to the command line (`add`) and does what they say; heavy modules are loaded by the command
that needs them. `cli` decides exit statuses and how a refusal is told.
"""
