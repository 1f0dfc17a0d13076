namespace FastRnn.Cli.GradientFlow;

/// <summary>What <c>gradflow --json</c> says.</summary>
/// <param name="Length">Steps of a sequence.</param>
/// <param name="Steps">Steps of training.</param>
/// <param name="Cells">What was measured.</param>
/// <param name="Text">What was seen in a model of text.</param>
/// <param name="Page">The file that was written.</param>
internal sealed record GradflowReport(int Length, int Steps, IReadOnlyList<CellFlow> Cells, TextLook Text, string Page);
