"""What technicians do to a hall's data: back it up, put it back, ask whether all is well."""
