"""What a component costs by a member's own rates, what others ask for it, and whether the levy carries the platform. Standard library only."""
