namespace FastRnn.Cli.GradientFlow;

/// <summary>A cell before and after a short training.</summary>
/// <param name="Cell">Its name.</param>
/// <param name="Before">With its first weights.</param>
/// <param name="After">Trained; null if it was not, or if its training diverged.</param>
/// <param name="Error">The mean squared error over the last steps of training; null without any.</param>
/// <param name="Problem">What an inspector found when training diverged, or null.</param>
internal sealed record CellFlow(string Cell, FlowMeasurement Before, FlowMeasurement? After, double? Error, string? Problem);
