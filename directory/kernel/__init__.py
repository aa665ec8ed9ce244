"""What every part stands on: clock, text, errors, events, paging, slugs, policy; imports nothing of ours."""
