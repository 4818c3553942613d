"""What the school knows, in the words of ClassCharts."""
