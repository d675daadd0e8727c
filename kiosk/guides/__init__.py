"""Walkthroughs as data: a tree of questions and steps that ends at a printed next step. Pure; no storage."""
