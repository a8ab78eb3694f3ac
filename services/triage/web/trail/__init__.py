"""Who did what, when and why: the auditor's pages."""
