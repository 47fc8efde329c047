"""What shall we eat this week, and until when? The hospital's dates, the week, and the shopping list."""
