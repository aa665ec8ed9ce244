"""The sample data: invented organisations with believable texts, in real places."""
