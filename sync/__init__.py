"""How dossiers travel: the point's end (client), the commune's end (hub), and what they say."""
