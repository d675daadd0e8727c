"""The point's encrypted memory: the only place in the kiosk that knows SQL."""
