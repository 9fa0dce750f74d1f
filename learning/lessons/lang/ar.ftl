lessons-menu = Lessons
