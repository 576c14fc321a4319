"""What a forecast is made of on the way from a source to an Answer."""
