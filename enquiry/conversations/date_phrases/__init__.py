"""Days and times as people write them: "Tuesday evening", "the second one", "not before 3". Pure."""
