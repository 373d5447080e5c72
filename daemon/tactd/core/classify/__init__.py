"""What a buyer wants, from his words alone: concepts first, then literal rules over them."""
