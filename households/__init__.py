"""“Whose kitchen is this?” Accounts, the people in a household, the devices they signed in on, and links to share."""
