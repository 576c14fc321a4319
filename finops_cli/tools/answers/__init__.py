"""The words around cost figures: one module for each shape of answer, no sums of their own."""
