"""The language of conversations: effects, requests, cookies, pages, secrets. No I/O."""
