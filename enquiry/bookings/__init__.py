"""Places at events and initial visits: what may be booked, changed and given back, and what is sent about it."""
