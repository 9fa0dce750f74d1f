publications-title = Open data
