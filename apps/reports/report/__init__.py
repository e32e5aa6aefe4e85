"""The report: one module for each part of it, with its numbers (`content`) and its words (`section`)."""
