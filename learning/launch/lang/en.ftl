launch-title = Courses
