"""The tests: their folders mirror the package; what several share lies beside this file."""
