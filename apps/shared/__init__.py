"""The ground floor: studies and who may see them, jobs, live streams, the audit log."""
