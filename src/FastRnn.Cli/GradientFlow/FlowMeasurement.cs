namespace FastRnn.Cli.GradientFlow;

/// <summary>What an inspector saw of a recurrent layer.</summary>
/// <param name="States">How the gradient of the last output flows back.</param>
/// <param name="Radii">The spectral radius of the step's Jacobian at some of the steps.</param>
/// <param name="Gates">Saturation.</param>
internal sealed record FlowMeasurement(
    IReadOnlyList<StateFlow> States, IReadOnlyList<StepRadius> Radii, IReadOnlyList<GateShare> Gates);
