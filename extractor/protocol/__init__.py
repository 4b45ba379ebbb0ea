"""Protocol: what goes over the wire to a model, and what to make of what comes back."""
