"""REST of discretion, by noun: audits, imports, measures, the annotator's desk."""
