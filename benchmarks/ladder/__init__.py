"""The ladder: one data set, one vocabulary, one metric, and models from no attention upwards."""
