"""What is known about ports, and how a question finds it; knows no Discord."""
