"""The server: accounts, presence and conversation over REST and Socket.IO, complete without a desktop."""
