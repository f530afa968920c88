"""Evaluation: audits, models, interventions, metrics and the report."""
