"""What a component costs by a member's own rates, and what others ask for it. Standard library only."""
