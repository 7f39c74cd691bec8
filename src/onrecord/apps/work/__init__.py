"""What people have to do: questions, actions and tasks, each with an owner and a day."""
