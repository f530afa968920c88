"""The alpaca family: requests to an assistant that are easy, hard, chatty, long, badly done or to be refused."""
