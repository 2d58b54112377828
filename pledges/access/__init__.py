"""Who may do what: one page of permissions, the guard on every view, and the scope of every list."""
