launch-title = Cours
