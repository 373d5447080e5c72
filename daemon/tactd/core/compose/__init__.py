"""COMPOSE: situations and facts become a letter, in the buyer's and in the seller's language."""
