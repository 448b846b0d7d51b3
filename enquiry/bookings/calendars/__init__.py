"""Bookings in calendars: files in messages, and addresses to subscribe to."""
