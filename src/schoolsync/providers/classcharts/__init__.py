"""ClassCharts (UK): the parent and the student web API."""
