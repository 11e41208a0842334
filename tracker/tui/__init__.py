"""The screen: what an analyst sees and does in a terminal, built on Textual."""
