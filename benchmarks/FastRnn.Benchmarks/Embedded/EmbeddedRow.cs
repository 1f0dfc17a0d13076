namespace FastRnn.Benchmarks.Embedded;

/// <summary>A figure of one program.</summary>
/// <param name="Program"><c>JIT</c>, <c>native</c>, ...</param>
/// <param name="Measurement">Which measurement.</param>
/// <param name="Name">The name of the figure.</param>
/// <param name="Text">What it is.</param>
/// <param name="Value">The median over the rounds; null where it could not be found out.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="AtMost">The goal; null if there is none for this program.</param>
/// <param name="AtLeast">The goal, if more is better.</param>
/// <param name="Met">Whether it is met; null if there is none, or no value.</param>
internal sealed record EmbeddedRow(
    string Program, string Measurement, string Name, string Text, double? Value, string Unit, double? AtMost, double? AtLeast, bool? Met);
