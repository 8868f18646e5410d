"""Questions nobody tuned for, and small talk, made from sentence templates."""
