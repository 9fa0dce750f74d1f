resources-title = en
