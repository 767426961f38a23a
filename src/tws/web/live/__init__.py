"""The live stream: what each client watches, what waits for it, and the frames it is sent."""
