"""E-mails: each a row of the transaction that causes it, delivered by a job."""
