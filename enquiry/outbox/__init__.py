"""Messages that go out: written with what they tell of, sent once, stopped when somebody asks for it."""
