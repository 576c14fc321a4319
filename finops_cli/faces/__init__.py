"""Faces: where a person or a program meets the supervisor. They parse, call and render."""
