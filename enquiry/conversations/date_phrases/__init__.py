"""What a text says of days and times: "Tuesday evening", "the second one", "not before 3". Pure."""
