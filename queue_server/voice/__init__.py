"""What a display says aloud: words as recorded clips, never a synthesiser at run time."""
