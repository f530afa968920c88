"""The front door: one command, `shifts`, that calls everything else."""
