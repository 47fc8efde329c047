"""Can I cook this? A recipe from anywhere in; a verdict, and a finding per ingredient, out."""
