needs-title = Needs
