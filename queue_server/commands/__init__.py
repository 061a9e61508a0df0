"""The verbs: one function each, grouped by who speaks. Each decides by the domain's rules and records events."""
