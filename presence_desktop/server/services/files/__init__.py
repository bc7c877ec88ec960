"""Files and avatars: taken in, looked at in a process of their own, given to who may see them, removed in the end."""
