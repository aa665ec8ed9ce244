"""What people of an organisation have proved, and until when."""
