"""Who is here: presence as clients say it, kept, told and written behind; where people are and whether they type."""
