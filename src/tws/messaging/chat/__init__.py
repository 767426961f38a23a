"""Text chat between colleagues: messages and files, what is kept of them, who has read what."""
