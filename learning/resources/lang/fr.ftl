resources-title = fr
