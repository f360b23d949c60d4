"""Who may see what: prefixes, tasks that are masks, segments for a decoder, and random orders."""
