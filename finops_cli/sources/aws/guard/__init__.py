"""What stands before every request: its price, its caps, its book, its pace and its tries."""
