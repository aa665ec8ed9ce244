"""What happens by itself: the timetable and shallow jobs, each safe to run twice."""
