resources-title = ar
