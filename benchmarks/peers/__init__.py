"""Other programs that make PDFs, told what a paper says: what ours is measured beside."""
