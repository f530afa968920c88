"""What a language model is asked for: each task turns a bank into requests, and answers into candidates."""
