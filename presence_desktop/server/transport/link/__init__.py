"""Engine.IO and Socket.IO to the letter of their protocols, under both transports."""
