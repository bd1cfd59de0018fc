"""Pages of the admin for those who translate and who coordinate: one subject a module."""
