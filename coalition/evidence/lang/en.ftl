evidence-title = Evidence
