"""What every part stands on: clock, text, errors, paging, slugs, policy; pure."""
