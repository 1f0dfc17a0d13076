namespace FastRnn.Benchmarks.Activations;

/// <summary>What was found about a function.</summary>
internal sealed record ActivationRow(MeasuredFunction Function, Speed Speed, ErrorScan Errors, double ReferenceError);
