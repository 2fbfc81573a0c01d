"""Ground floor: states, dates, Vietnamese text, the viewer. No models, no domain nouns."""
