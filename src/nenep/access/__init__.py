"""Accounts, sign-in, and who may do what where. Owns the role table; knows no meeting and no document."""
