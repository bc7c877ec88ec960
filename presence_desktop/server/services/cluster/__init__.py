"""One server among several: what it tells its peers of presence and conversations, and what it believes of theirs."""
