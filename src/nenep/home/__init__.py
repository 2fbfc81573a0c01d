"""The first page of each role: the one next thing, my tasks, my boards. Owns no data and no verb."""
