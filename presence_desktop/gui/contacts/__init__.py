"""The list of people: its model, its delegate and its view."""
